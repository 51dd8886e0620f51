using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>Gathers occurrences that do not run into stretches of equal outcome and reason.</summary>
internal sealed class StretchBuilder(string jobId)
{
    private List<OccurrenceRun>? _done;
    private OccurrenceRun? _current;

    public void Add(DateTimeOffset occurrence, Outcome outcome, string reason)
    {
        if (_current is { } current && current.Outcome == outcome && string.Equals(current.Reason, reason, StringComparison.Ordinal))
        {
            _current = current with { To = occurrence, Count = current.Count + 1 };
        }
        else
        {
            Close();
            _current = new OccurrenceRun(jobId, occurrence, occurrence, 1, outcome, reason);
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
