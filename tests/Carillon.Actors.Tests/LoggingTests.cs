using Microsoft.Extensions.Logging;

namespace Carillon.Actors.Tests;

public sealed class LoggingTests
{
    [Fact]
    public async Task Sink_that_throws_disturbs_neither_failures_nor_dead_letters_nor_shutdown()
    {
        var dispatcher = new DeterministicDispatcher(1);
        var time = new VirtualTimeProvider(World.Start, dispatcher);
        using var logs = new BrokenLoggerFactory();
        var options = new ActorSystemOptions
        {
            Time = time,
            Dispatcher = dispatcher,
            Random = new Random(1),
            LoggerFactory = logs,
        };
        await using var system = new ActorSystem("broken", options);
        var journal = new Journal();
        var actor = system.Spawn("a", () => new Script("a", journal, script => script.Stopping = Fail));
        actor.Tell("fail");
        time.Advance(TimeSpan.FromSeconds(1));
        actor.Tell("next");
        var stopped = system.StopAsync(actor);
        dispatcher.RunUntilIdle();
        var refused = !actor.Tell("late");
        system.Shutdown.AddPhase("leave", TimeSpan.FromSeconds(1));
        system.Shutdown.AddTask("leave", "fails", static _ => throw new InvalidOperationException("told to fail"));
        var shutdown = system.Shutdown.RunAsync("test");
        dispatcher.RunUntilIdle();

        Assert.True(stopped.IsCompletedSuccessfully);
        Assert.True(refused);
        Assert.True(shutdown.IsCompletedSuccessfully);
        Assert.Contains("PostRestart", journal.Of("a"));
        Assert.True(logs.Thrown >= 6, $"only {logs.Thrown} lines were logged");

        static void Fail() => throw new InvalidOperationException("told to fail");
    }

    private sealed class BrokenLoggerFactory : ILoggerFactory, ILogger
    {
        internal int Thrown { get; private set; }

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
            => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            Thrown++;
            throw new IOException("no space left on device");
        }

        public void Dispose()
        {
        }
    }
}
