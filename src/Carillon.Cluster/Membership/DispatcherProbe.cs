using Carillon.Actors;

namespace Carillon.Cluster;

/// <summary>
/// Asks the dispatcher of a node for one turn. A node whose actors get none must not renew its lease: it would keep its
/// shards and do nothing for them.
/// </summary>
public sealed class DispatcherProbe
{
    private readonly object _gate = new();
    private readonly IActorRef<Ping> _echo;
    private long _sent;
    private long _answered;

    /// <summary>Spawns the actor that answers.</summary>
    /// <param name="system">Whose dispatcher is asked.</param>
    public DispatcherProbe(ActorSystem system)
    {
        _echo = system.Spawn("dispatcher-probe", () => new Echo(this));
    }

    /// <summary>
    /// Waits, on the thread that calls, until the dispatcher has given a turn. What could not be answered in time stays
    /// asked, and is waited for by the next call. For one thread.
    /// </summary>
    /// <param name="within">How long it may take.</param>
    /// <returns>Whether there was a turn in time.</returns>
    public bool IsAnswered(TimeSpan within)
    {
        lock (_gate)
        {
            if (_answered == _sent && !_echo.Tell(new Ping(++_sent)))
            {
                _answered = _sent;
                return false;
            }

            return _answered == _sent || Monitor.Wait(_gate, within);
        }
    }

    private void Answer(long number)
    {
        lock (_gate)
        {
            _answered = number;
            Monitor.PulseAll(_gate);
        }
    }

    private sealed record Ping(long Number);

    private sealed class Echo(DispatcherProbe probe) : Actor<Ping>
    {
        protected override void Receive(Ping message)
        {
            probe.Answer(message.Number);
        }
    }
}
