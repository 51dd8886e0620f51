using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>Gathers occurrences that do not run into stretches of equal outcome and reason.</summary>
internal struct StretchBuilder(string jobId)
{
    private List<OccurrenceRun>? _done;
    private OccurrenceRun? _current;

    public void Add(DateTimeOffset from, DateTimeOffset to, long count, in SkipVerdict verdict)
    {
        if (_current is { } current
            && current.Outcome == verdict.Outcome
            && string.Equals(current.Reason, verdict.Reason, StringComparison.Ordinal))
        {
            _current = current with { To = to, Count = current.Count + count };
        }
        else
        {
            Close();
            _current = new OccurrenceRun(jobId, from, to, count, verdict.Outcome, verdict.Reason);
        }
    }

    public IReadOnlyList<OccurrenceRun> Done()
    {
        Close();
        return _done ?? (IReadOnlyList<OccurrenceRun>)[];
    }

    private void Close()
    {
        if (_current is { } current)
        {
            (_done ??= []).Add(current);
            _current = null;
        }
    }
}
