using System.Diagnostics;
using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>The newest attempt of an execution that has not ended. Private to one <see cref="JobActor"/>.</summary>
internal sealed class OpenAttempt
{
    private long _openTicks; // 0 for none, as in the row: every execution makes one of these
    private long _slotRequestedTicks;

    public OpenAttempt(Attempt row, AttemptPhase phase, DateTimeOffset? openSince)
    {
        Row = row;
        Phase = phase;
        OpenSince = openSince;
        FencingToken = row.StartedNo is null ? null : row.FencingToken;
    }

    /// <summary>The row, without the numbers that it got when it was recorded.</summary>
    public Attempt Row { get; set; }

    /// <summary>The token of its start; null until that is recorded.</summary>
    public long? FencingToken { get; set; }

    public bool HasStarted => FencingToken is not null;

    public AttemptPhase Phase { get; private set; }

    /// <summary>When the first attempt of the execution started; null when none has.</summary>
    public DateTimeOffset? OpenSince
    {
        get => Instant.OfTicks(_openTicks);
        set => _openTicks = Instant.TicksOf(value);
    }

    /// <summary>Whether it waits for its first start.</summary>
    public bool IsNew => OpenSince is null && !HasStarted;

    /// <summary>When its execution was due.</summary>
    public DateTimeOffset ExecutionDueAt => Row.Key.Attempt == 1 ? Row.DueAt : Row.Key.ScheduledAt;

    /// <summary>When a slot was asked for, or null.</summary>
    public DateTimeOffset? SlotRequestedAt
    {
        get => Instant.OfTicks(_slotRequestedTicks);
        set => _slotRequestedTicks = Instant.TicksOf(value);
    }

    /// <summary>The timestamp at which its worker was last told or asked of it; null when it has to be asked.</summary>
    public long? AskedAt { get; set; }

    /// <summary>Why somebody cancelled the execution, or null.</summary>
    public string? CancelReason { get; set; }

    /// <summary>The slot reserved for it, while its start is being recorded.</summary>
    public Slot? Slot { get; set; }

    /// <summary>The <c>traceparent</c> of the span of its schedule; null where it is not traced.</summary>
    public string? TraceParent { get; set; }

    public Slot TakeSlot()
    {
        var slot = Slot ?? throw new UnreachableException($"Attempt {Row.Key} has no slot.");
        Slot = null;
        return slot;
    }

    public void MoveTo(AttemptPhase phase)
    {
        if (!AttemptPhases.CanMove(Phase, phase))
        {
            throw new UnreachableException($"Attempt {Row.Key} cannot go from {Phase} to {phase}.");
        }

        Phase = phase;
    }
}
