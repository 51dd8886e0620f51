namespace Carillon.Actors.Tests;

/// <summary>One actor system on real threads and real time.</summary>
internal sealed class ThreadedWorld : IAsyncDisposable
{
    private readonly ThreadDispatcher _dispatcher;
    private readonly DedicatedTimeProvider _time = new();

    internal ThreadedWorld(int threads)
    {
        _dispatcher = new ThreadDispatcher("kernel", threads);
        System = new ActorSystem(
            "threaded",
            new ActorSystemOptions { Time = _time, Dispatcher = _dispatcher, Random = new Random(1) });
    }

    internal ActorSystem System { get; }

    public async ValueTask DisposeAsync()
    {
        await System.DisposeAsync();
        _dispatcher.Dispose();
        _time.Dispose();
    }

    internal IActorRef<T> Spawn<T>(string name, Action<ActorContext<T>, T> receive, ActorOptions? options = null)
        where T : class
        => System.Spawn(name, () => new Lambda<T>(receive), options);
}
