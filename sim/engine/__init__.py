"""The machine: tables of the state, event queue, dispatch, draws, compiling. It imports no mechanism."""
