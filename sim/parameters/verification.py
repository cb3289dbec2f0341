"""Parameters of the verification scenarios: the engine reduced to a system whose answer is known."""

from typing import Literal, Self

from pydantic import model_validator

from sim.parameters.schema import Group, NotNegative, Positive, Shares, check_sum_is_one, par, reject


class SecondStage(Group):
    """A second station every case visits after the first (tandem queue)."""

    servers: int = par(1, "Servers of the second stage.", grade="setting", unit="servers", ge=1, le=100_000)
    mean: Positive = par(
        0.8, "Mean service time of the second stage, exponential.", grade="setting", unit="days"
    )


class Verification(Group):
    """Everything off but arrivals and service, or but diffusion; all times in days."""

    mode: Literal["none", "queue", "adoption"] = par(
        "none", "What the engine is reduced to; none: the full model.", grade="setting", tape=True
    )
    arrival_rate: NotNegative = par(
        1.0, "Poisson arrivals.", grade="setting", unit="per day", le=1e9, tape=True
    )
    servers: int = par(1, "Servers, all alike.", grade="setting", unit="servers", ge=1, le=100_000)
    service_distribution: Literal["exponential", "deterministic", "erlang", "lognormal"] = par(
        "exponential", "Distribution of the service time.", grade="setting", tape=True
    )
    service_mean: Positive = par(0.8, "Mean service time.", grade="setting", unit="days", le=1e6, tape=True)
    service_cv: Positive = par(
        1.0,
        "Coefficient of variation of the service time (erlang: phases = 1/cv^2; lognormal).",
        grade="setting",
        le=100,
        tape=True,
        note="Ignored by exponential (always 1) and deterministic (always 0).",
    )
    priority_shares: Shares = par(
        (1.0,),
        "Share of arrivals in each priority class, the first the most urgent.",
        grade="setting",
        unit="share",
        tape=True,
        min_length=1,
    )
    patience_mean: float | None = par(
        None,
        "Mean of the exponential patience of those who wait; null: for ever.",
        grade="setting",
        unit="days",
        gt=0,
        le=1e9,
    )
    feedback: float = par(
        0.0,
        "Probability that a case goes back to the queue after service.",
        grade="setting",
        unit="probability",
        ge=0,
        lt=1,
    )
    second_stage: SecondStage | None = par(
        None, "A second stage {servers, mean}; null: none.", grade="setting"
    )
    population: int = par(
        1000, "People in the diffusion.", grade="setting", unit="persons", ge=1, le=100_000_000, tape=True
    )
    p: NotNegative = par(0.001, "Rate of innovation.", grade="setting", unit="per day", le=1e6)
    q: NotNegative = par(0.03, "Rate of imitation.", grade="setting", unit="per day", le=1e6)
    contact_rate: NotNegative = par(
        0.0,
        "Rate of contact of an adopter with the population (logistic growth).",
        grade="setting",
        unit="per day",
        le=1e6,
    )
    initial: int = par(0, "Adopters at the start.", grade="setting", unit="persons", ge=0, le=100_000_000)
    network: Literal["complete", "random", "file"] = par(
        "complete", "Who influences whom.", grade="setting", tape=True
    )
    mean_degree: NotNegative = par(
        8.0, "Mean degree of the random network.", grade="setting", unit="persons", tape=True
    )
    network_file: str | None = par(
        None, "File of the network, one edge a line.", grade="setting", tape=True, kind="path", min_length=1
    )

    @model_validator(mode="after")
    def _check(self) -> Self:
        check_sum_is_one("verification.priority_shares", self.priority_shares)
        if self.service_distribution == "erlang":
            phases = 1 / self.service_cv**2
            if not 1 <= round(phases) <= 255 or abs(phases - round(phases)) > 0.01 * phases:
                raise reject(
                    "verification.service_cv",
                    self.service_cv,
                    "1, 0.7071, 0.5774, 0.5, ... (1/cv^2 a whole number of phases, 1 to 255)",
                )
        if self.initial > self.population:
            raise reject("verification.initial", self.initial, f"at most the population ({self.population})")
        if self.network == "random" and self.mean_degree > self.population - 1:
            raise reject("verification.mean_degree", self.mean_degree, "below the population")
        if self.network == "file" and self.network_file is None:
            raise reject("verification.network_file", "null", "a file, because verification.network is file")
        return self
