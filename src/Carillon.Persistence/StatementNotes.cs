namespace Carillon.Persistence;

/// <summary>
/// What the statements of one operation tell about themselves while <see cref="StatementWatch"/> times the operation. It
/// follows the flow of calls, so that statements need not be handed anything.
/// </summary>
internal sealed class StatementNotes(TimeProvider clock)
{
    private static readonly AsyncLocal<StatementNotes?> Ambient = new();

    private readonly Lock _gate = new();

    /// <summary>Those of the operation under way, or null.</summary>
    public static StatementNotes? Current
    {
        get => Ambient.Value;
        set => Ambient.Value = value;
    }

    /// <summary>How many statements have ended.</summary>
    public int Statements { get; private set; }

    /// <summary>The rows that they read or changed; null while none has told.</summary>
    public long? Rows { get; private set; }

    /// <summary>The text of the one that took longest; null before the first.</summary>
    public string? Slowest { get; private set; }

    /// <summary>How long that one took.</summary>
    public TimeSpan SlowestTime { get; private set; }

    /// <summary>The begin of a statement.</summary>
    public long Begin()
    {
        return clock.GetTimestamp();
    }

    /// <summary>The end of a statement that began at <paramref name="started"/>.</summary>
    public void End(string text, long started)
    {
        Add(text, clock.GetElapsedTime(started));
    }

    /// <summary>A statement that has ended.</summary>
    public void Add(string text, TimeSpan time)
    {
        lock (_gate)
        {
            Statements++;
            if (Slowest is null || time > SlowestTime)
            {
                Slowest = text;
                SlowestTime = time;
            }
        }
    }

    /// <summary>Rows that a statement has read or changed.</summary>
    public void AddRows(long rows)
    {
        lock (_gate)
        {
            Rows = (Rows ?? 0) + rows;
        }
    }
}
