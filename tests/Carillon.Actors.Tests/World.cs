using Microsoft.Extensions.Logging;

namespace Carillon.Actors.Tests;

/// <summary>One actor system on virtual time: nothing happens unless the test says so.</summary>
internal sealed class World : IAsyncDisposable
{
    internal static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly RecordingLoggerFactory _logs = new();

    /// <param name="seed">Decides every choice.</param>
    /// <param name="isPausable">Advancing the clock then runs no actor: they stand still while timers fire.</param>
    /// <param name="checksMessages">Whether messages that can be changed are refused.</param>
    internal World(int seed = 1, bool isPausable = false, bool checksMessages = false)
    {
        Dispatcher = new DeterministicDispatcher(seed);
        Time = new VirtualTimeProvider(Start, isPausable ? null : Dispatcher);
        System = new ActorSystem(
            "world",
            new ActorSystemOptions
            {
                Time = Time,
                Dispatcher = Dispatcher,
                Random = new Random(seed),
                LoggerFactory = _logs,
                CheckMessages = checksMessages,
            });
    }

    internal DeterministicDispatcher Dispatcher { get; }

    internal VirtualTimeProvider Time { get; }

    internal ActorSystem System { get; }

    /// <summary>What the actors noted, in order.</summary>
    internal Journal Journal { get; } = new();

    internal IReadOnlyList<string> Warnings => _logs.At(LogLevel.Warning);

    internal IReadOnlyList<string> Errors => _logs.At(LogLevel.Error);

    public ValueTask DisposeAsync() => System.DisposeAsync();

    internal IActorRef<string> Spawn(string name, Action<Script>? script = null, ActorOptions? options = null)
        => System.Spawn(name, Factory(name, script), options);

    /// <summary>Makes actors that note their hooks and messages under a name, plus what the script adds.</summary>
    internal Func<Actor<string>> Factory(string name, Action<Script>? script = null)
    {
        return () => new Script(name, Journal, script);
    }

    internal void Run() => Dispatcher.RunUntilIdle();

    internal void Advance(double seconds) => Time.Advance(TimeSpan.FromSeconds(seconds));

    internal static void Tell(IActorRef<string> actor, params string[] messages)
    {
        foreach (var message in messages)
        {
            Assert.True(actor.Tell(message));
        }
    }

    internal Task Stop(IActorRef<string> actor)
    {
        var stopped = System.StopAsync(actor);
        Run();
        return stopped;
    }
}
