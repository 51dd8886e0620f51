namespace Carillon.Model;

/// <summary>How many occurrences ended in which way.</summary>
public readonly record struct OutcomeCounts
{
    /// <summary>Executions that ended as <see cref="Outcome.Succeeded"/>.</summary>
    public long Succeeded { get; init; }

    /// <summary>Executions that ended as <see cref="Outcome.Failed"/>.</summary>
    public long Failed { get; init; }

    /// <summary>Executions that ended as <see cref="Outcome.TimedOut"/>.</summary>
    public long TimedOut { get; init; }

    /// <summary>Executions that ended as <see cref="Outcome.Cancelled"/>.</summary>
    public long Cancelled { get; init; }

    /// <summary>Occurrences that ended as <see cref="Outcome.Skipped"/>.</summary>
    public long Skipped { get; init; }

    /// <summary>Occurrences that ended as <see cref="Outcome.Misfired"/>.</summary>
    public long Misfired { get; init; }

    /// <summary>Executions that ended as <see cref="Outcome.Lost"/>.</summary>
    public long Lost { get; init; }

    /// <summary>Executions that ended badly: failed, timed out or lost.</summary>
    public long Failure => Failed + TimedOut + Lost;

    /// <summary>Executions that ran to an end: <see cref="Succeeded"/> and <see cref="Failure"/>.</summary>
    public long TotalRuns => Succeeded + Failure;

    /// <summary>All of them.</summary>
    public long Total => TotalRuns + Cancelled + Skipped + Misfired;

    /// <summary><see cref="Succeeded"/> ÷ <see cref="TotalRuns"/>, from 0 to 1; null without a run.</summary>
    public double? SuccessRate => TotalRuns == 0 ? null : (double)Succeeded / TotalRuns;

    /// <summary>How many ended as <paramref name="outcome"/>.</summary>
    public long Of(Outcome outcome)
    {
        return outcome switch
        {
            Outcome.Succeeded => Succeeded,
            Outcome.Failed => Failed,
            Outcome.TimedOut => TimedOut,
            Outcome.Cancelled => Cancelled,
            Outcome.Skipped => Skipped,
            Outcome.Misfired => Misfired,
            Outcome.Lost => Lost,
            _ => throw Unknown(outcome),
        };
    }

    /// <summary>These and <paramref name="count"/> more that ended as <paramref name="outcome"/>.</summary>
    public OutcomeCounts Plus(Outcome outcome, long count = 1)
    {
        return outcome switch
        {
            Outcome.Succeeded => this with { Succeeded = Succeeded + count },
            Outcome.Failed => this with { Failed = Failed + count },
            Outcome.TimedOut => this with { TimedOut = TimedOut + count },
            Outcome.Cancelled => this with { Cancelled = Cancelled + count },
            Outcome.Skipped => this with { Skipped = Skipped + count },
            Outcome.Misfired => this with { Misfired = Misfired + count },
            Outcome.Lost => this with { Lost = Lost + count },
            _ => throw Unknown(outcome),
        };
    }

    /// <summary>The sum of two counts.</summary>
    public static OutcomeCounts operator +(OutcomeCounts left, OutcomeCounts right)
    {
        return new OutcomeCounts
        {
            Succeeded = left.Succeeded + right.Succeeded,
            Failed = left.Failed + right.Failed,
            TimedOut = left.TimedOut + right.TimedOut,
            Cancelled = left.Cancelled + right.Cancelled,
            Skipped = left.Skipped + right.Skipped,
            Misfired = left.Misfired + right.Misfired,
            Lost = left.Lost + right.Lost,
        };
    }

    private static ArgumentOutOfRangeException Unknown(Outcome outcome)
    {
        return new ArgumentOutOfRangeException(nameof(outcome), outcome, "not an outcome");
    }
}
