using Carillon.Scheduling;
using Microsoft.Extensions.Logging;

namespace Carillon.Conformance.Tests;

/// <summary>Operations that take long are told of, with their slowest statement: here all of them do.</summary>
public abstract class SlowOperationSuite(StoreHarness harness, SlowOperationSuite.Log log) : StoreSuite(harness)
{
    [Fact]
    public async Task Append_is_logged_with_its_statement()
    {
        var owner = await Owner.ClaimAsync(Node);
        await owner.RecordAsync(Sample.Snapshot("a", 0), Sample.Started(Sample.Key("a", 0), Node.Incarnation));

        Assert.Matches("ms: (COMMIT$|.*INSERT INTO execution)", Assert.Single(log.Of("append")));
    }

    [Fact]
    public async Task Reads_are_logged_with_their_statements_and_rows()
    {
        var owner = await Owner.ClaimAsync(Node);
        var key = Sample.Key("a", 0);
        await owner.RecordAsync(Sample.Snapshot("a", 0), Sample.Started(key, Node.Incarnation));

        await Node.Jobs.ListExecutionsAsync(new ExecutionQuery { JobId = "a", Limit = 10 }, None);
        await Node.Jobs.FindExecutionAsync(key.ExecutionId, None);
        await Node.Log.LoadAsync(owner.Terms, None);

        Assert.Contains(log.Of("list_executions"), static told => told.Contains(": SELECT", StringComparison.Ordinal) && !told.Contains(" (null) rows", StringComparison.Ordinal));
        Assert.Contains(log.Of("find_execution"), static told => told.Contains(": SELECT", StringComparison.Ordinal));
        Assert.Contains(log.Of("load"), static told => told.Contains(": SELECT", StringComparison.Ordinal));
        Assert.All(log.Of("list_executions"), static told => Assert.DoesNotContain('\n', told));
    }

    /// <summary>Keeps what a store logs.</summary>
    public sealed class Log : ILoggerFactory, ILogger
    {
        private readonly Lock _gate = new();
        private readonly List<string> _lines = [];

        public IReadOnlyList<string> Of(string operation)
        {
            lock (_gate)
            {
                return _lines.FindAll(line => line.StartsWith($"Slow {operation}: ", StringComparison.Ordinal));
            }
        }

        public ILogger CreateLogger(string categoryName)
        {
            return this;
        }

        public void AddProvider(ILoggerProvider provider)
        {
            throw new NotSupportedException();
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            return null;
        }

        public bool IsEnabled(LogLevel logLevel)
        {
            return logLevel == LogLevel.Warning;
        }

        void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (_gate)
            {
                _lines.Add(formatter(state, exception));
            }
        }

        public void Dispose()
        {
            // There is nothing to dispose.
        }
    }
}
