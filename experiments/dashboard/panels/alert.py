"""What did not work, said where it was asked for."""

import solara


@solara.component
def Alert(text: str) -> None:
    """Show a line that is read out at once."""
    with solara.Div(classes=["cogov-error"], attributes={"role": "alert"}):
        solara.Text(text)
