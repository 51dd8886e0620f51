using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>
/// The stretches of one job that did not run and are not recorded yet. The newest one may still grow; it is recorded
/// when it closes, and while it grows once an occurrence of it has been unrecorded for <see cref="GrowthInterval"/>.
/// </summary>
internal sealed class StretchLog
{
    private static readonly TimeSpan GrowthInterval = TimeSpan.FromMinutes(10);

    private List<OccurrenceRun>? _closed;
    private OccurrenceRun? _open;
    private DateTimeOffset? _unsavedSince;

    /// <summary>Makes a log.</summary>
    /// <param name="open">The newest stretch, recorded, when the next occurrence may join it; null: there is none.</param>
    public StretchLog(OccurrenceRun? open = null)
    {
        _open = open;
    }

    /// <summary>The newest stretch when nothing waits to be recorded; null when something does, or there is none.</summary>
    public OccurrenceRun? Recorded => IsRecorded ? _open : null;

    /// <summary>Whether nothing waits to be recorded.</summary>
    public bool IsRecorded => !HasClosed && _unsavedSince is null;

    /// <summary>Whether a stretch has closed and waits to be recorded.</summary>
    public bool HasClosed => _closed is { Count: > 0 };

    /// <summary>When the growth of the open stretch should be recorded, or null when all of it is.</summary>
    public DateTimeOffset? GrowthDueAt => _unsavedSince is { } since ? RecordedBy(since) : null;

    /// <summary>When a stretch of which <paramref name="occurrence"/> is the first unrecorded one is to be recorded.</summary>
    public static DateTimeOffset RecordedBy(DateTimeOffset occurrence)
    {
        return occurrence < DateTimeOffset.MaxValue - GrowthInterval ? occurrence + GrowthInterval : DateTimeOffset.MaxValue;
    }

    public void Add(OccurrenceRun run)
    {
        if (_open is { } open && open.Outcome == run.Outcome && string.Equals(open.Reason, run.Reason, StringComparison.Ordinal))
        {
            _open = open with { To = run.To, Count = open.Count + run.Count };
        }
        else
        {
            Close();
            _open = run;
        }

        _unsavedSince ??= run.From;
    }

    /// <summary>Closes the open stretch: an occurrence runs, or the job is about to change.</summary>
    public void Close()
    {
        if (_open is { } open && _unsavedSince is not null)
        {
            (_closed ??= []).Add(open);
        }

        _open = null;
        _unsavedSince = null;
    }

    /// <summary>Hands out everything that is not recorded, the growth of the open stretch included.</summary>
    public IReadOnlyList<SaveOccurrenceRun> TakeUnsaved()
    {
        if (IsRecorded)
        {
            return [];
        }

        var writes = _closed?.ConvertAll(static r => new SaveOccurrenceRun(r)) ?? [];
        if (_unsavedSince is not null)
        {
            writes.Add(new SaveOccurrenceRun(_open!));
        }

        _closed?.Clear();
        _unsavedSince = null;
        return writes;
    }
}
