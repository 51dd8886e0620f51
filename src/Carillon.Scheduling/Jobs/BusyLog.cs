namespace Carillon.Scheduling;

/// <summary>
/// The periods in which executions of one job were open, as long as an occurrence inside them may be undecided. Kept
/// for <c>overlap = skip</c> alone. Bounded: of more than <see cref="Capacity"/> the oldest is forgotten, and an
/// undecided occurrence inside it runs instead of being skipped.
/// </summary>
internal sealed class BusyLog
{
    public const int Capacity = 32;

    private readonly List<(DateTimeOffset From, DateTimeOffset To)> _past;

    /// <summary>Makes a log of the periods that are known already.</summary>
    public BusyLog(IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)> past)
    {
        _past = [.. past];
    }

    public IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)> Past => _past;

    public void Add(DateTimeOffset from, DateTimeOffset to)
    {
        if (_past.Count == Capacity)
        {
            _past.RemoveAt(0);
        }

        _past.Add((from, to));
    }

    /// <summary>Forgets what ended by <paramref name="decided"/>: everything up to that instant is decided about.</summary>
    public void Forget(DateTimeOffset decided)
    {
        for (var i = _past.Count - 1; i >= 0; i--)
        {
            if (_past[i].To <= decided)
            {
                _past.RemoveAt(i);
            }
        }
    }
}
