using Carillon.Model;

namespace Carillon.Cluster;

/// <summary>
/// The pause of the whole scheduler as this node last read it: with every heartbeat, and at once when it was asked for
/// here. It stays known after its end, so that what fell due inside it is recognised.
/// </summary>
public sealed class PauseView
{
    private Pause? _last;

    /// <summary>The last pause that nobody has ended, or null. Its end may have passed.</summary>
    public Pause? Last => Volatile.Read(ref _last);

    /// <summary>Whether nothing may start at <paramref name="now"/>.</summary>
    public bool IsPaused(DateTimeOffset now)
    {
        return Last is { } pause && !pause.IsOver(now);
    }

    /// <summary>Takes what the store says.</summary>
    public void Replace(Pause? pause)
    {
        Volatile.Write(ref _last, pause);
    }
}
