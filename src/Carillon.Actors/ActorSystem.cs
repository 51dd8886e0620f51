using Microsoft.Extensions.Logging;

namespace Carillon.Actors;

/// <summary>A tree of actors with one clock, one dispatcher and one place for dead letters.</summary>
public sealed class ActorSystem : IAsyncDisposable
{
    private readonly ActorCell<object> _guardian;

    /// <param name="name">For logs.</param>
    /// <param name="options">Clock, dispatcher, chance and logs.</param>
    public ActorSystem(string name, ActorSystemOptions options)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(options);
        Name = name;
        Options = options;
        Random = new LockedRandom(options.Random);
        Log = CreateLogger<ActorSystem>();
        DeadLetters = new DeadLetters(options.Time, CreateLogger<DeadLetters>());
        Shutdown = new CoordinatedShutdown(options.Time, options.Dispatcher, CreateLogger<CoordinatedShutdown>());
        _guardian = new ActorCell<object>(this, parent: null, "", static () => new Guardian(), ActorOptions.Default);
        _guardian.ScheduleFirstTurn();
    }

    /// <summary>The name given at construction.</summary>
    public string Name { get; }

    /// <summary>The clock given at construction.</summary>
    public TimeProvider Time => Options.Time;

    /// <summary>Messages that reached nobody.</summary>
    public DeadLetters DeadLetters { get; }

    /// <summary>The ordered end of the process this system belongs to. Stops no actors by itself.</summary>
    public CoordinatedShutdown Shutdown { get; }

    internal ActorSystemOptions Options { get; }

    internal Dispatcher Dispatcher => Options.Dispatcher;

    internal Random Random { get; }

    internal ILogger Log { get; }

    /// <summary>
    /// Creates a top-level actor, supervised with <see cref="SupervisorStrategy.Default"/>. Any thread.
    /// </summary>
    /// <param name="name">Unique among living top-level actors, 1 to 256 characters without '/'.</param>
    /// <param name="factory">Makes a new instance at the start and at each restart.</param>
    /// <param name="options">Bounds and strategy; <see langword="null"/> takes the defaults.</param>
    /// <exception cref="ArgumentException">The name is not allowed or taken.</exception>
    /// <exception cref="InvalidOperationException">The system is stopping.</exception>
    public IActorRef<T> Spawn<T>(string name, Func<Actor<T>> factory, ActorOptions? options = null)
        where T : class
    {
        return _guardian.Spawn(name, factory, options);
    }

    /// <summary>
    /// Stops an actor after the message it is working on. The task completes when PostStop of the actor and of all its
    /// children has run, at once for a stopped actor. Do not wait for it inside an actor: watch instead.
    /// </summary>
    public Task StopAsync<T>(IActorRef<T> actor)
        where T : class
    {
        var cell = ActorCell.Of(actor);
        return ReferenceEquals(cell.System, this)
            ? StopCellAsync(cell)
            : throw new ArgumentException($"'{actor.Path}' is not an actor of system '{Name}'.", nameof(actor));
    }

    /// <summary>Stops every actor, children before parents. Further spawns are refused.</summary>
    public async ValueTask DisposeAsync()
    {
        var stopped = StopCellAsync(_guardian);
        Dispatcher.Settle();
        await stopped;
    }

    private GuardedLogger CreateLogger<T>() => new(Options.LoggerFactory.CreateLogger<T>());

    private static Task StopCellAsync(ActorCell cell)
    {
        var promise = new TerminationPromise();
        if (!cell.Send(new SystemMessage(SystemMessageKind.Watch) { Listener = promise }))
        {
            promise.OnTerminated(cell);
        }

        cell.Send(new SystemMessage(SystemMessageKind.Stop));
        return promise.Task;
    }
}
