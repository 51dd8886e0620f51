using System.Collections.Concurrent;
using Carillon.Model;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Carillon.Hosting.Tests;

/// <summary>What the code of a job logs by loggers of the host tells whose work it was.</summary>
public sealed class LogScopeTests
{
    [Fact]
    public async Task Logger_of_the_host_carries_job_execution_attempt_node_shard_and_trace()
    {
        using var directory = new TemporaryDirectory();
        using var lines = new ScopedLines();
        await using var app = await EmbeddingApp.StartAsync(
            directory.Path,
            static carillon => carillon
                .Configure(static options => options.Node.Name = "n1")
                .AddJob<ILoggerFactory>(
                    "logs",
                    static (loggers, _, _) =>
                    {
                        loggers.CreateLogger("Some.Library").LogWarning("Deep inside.");
                        return Task.CompletedTask;
                    },
                    static _ => { }),
            services => services.AddSingleton<ILoggerProvider>(lines));

        var execution = await app.TriggerAsync("logs");
        var scope = await lines.Inside.Task.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal("logs", scope["job"]);
        Assert.Equal(execution, scope["execution"]);
        Assert.Equal(1, scope["attempt"]);
        Assert.Equal("n1", scope["node"]);
        Assert.Equal(ShardHash.Of("logs", 16), scope["shard"]);
        Assert.Equal(execution.ToString("N"), scope["trace_id"]);
        Assert.StartsWith("Attempt 1 of logs succeeded after", await lines.End.Task.WaitAsync(TimeSpan.FromSeconds(30)), StringComparison.Ordinal);
    }

    private sealed class ScopedLines : ILoggerProvider, ISupportExternalScope
    {
        private IExternalScopeProvider? _scopes;

        public TaskCompletionSource<IReadOnlyDictionary<string, object?>> Inside { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource<string> End { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ILogger CreateLogger(string categoryName)
        {
            return new Logger(this, categoryName);
        }

        public void SetScopeProvider(IExternalScopeProvider scopeProvider)
        {
            _scopes = scopeProvider;
        }

        public void Dispose()
        {
            // The host disposes it as well.
        }

        private sealed class Logger(ScopedLines lines, string category) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull
            {
                return lines._scopes?.Push(state);
            }

            public bool IsEnabled(LogLevel logLevel)
            {
                return true;
            }

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            {
                if (category is "Some.Library")
                {
                    var pairs = new ConcurrentDictionary<string, object?>(StringComparer.Ordinal);
                    lines._scopes?.ForEachScope(static (scope, found) =>
                    {
                        foreach (var (key, value) in scope as IEnumerable<KeyValuePair<string, object?>> ?? [])
                        {
                            found[key] = value;
                        }
                    }, pairs);
                    lines.Inside.TrySetResult(pairs);
                }
                else if (category is "Carillon.Executions")
                {
                    lines.End.TrySetResult(formatter(state, exception));
                }
            }
        }
    }
}
