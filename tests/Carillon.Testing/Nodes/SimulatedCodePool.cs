using Carillon.Actors;
using Carillon.Scheduling;

namespace Carillon.Testing;

/// <summary>Runs user code on the simulation's one thread, until its node is killed.</summary>
public sealed class SimulatedCodePool(DispatcherGroup dispatcher) : IUserCodePool
{
    private bool _killed;

    /// <summary>Nothing that is queued, now or later, runs any more.</summary>
    public void Kill()
    {
        _killed = true;
    }

    /// <inheritdoc/>
    public void Queue(IThreadPoolWorkItem work)
    {
        dispatcher.Post(() =>
        {
            if (!_killed)
            {
                work.Execute();
            }
        });
    }
}
