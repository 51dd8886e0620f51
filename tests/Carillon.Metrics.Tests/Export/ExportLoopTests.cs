using System.Net;
using System.Net.Sockets;
using Carillon.Actors;
using Microsoft.Extensions.Logging;

namespace Carillon.Metrics.Tests;

/// <summary>How sending goes on when the receiver does not.</summary>
public sealed class ExportLoopTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Outage_is_counted_and_told_once()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var url = new Uri($"http://{listener.LocalEndpoint}/write");
        listener.Stop();
        await using var cluster = new SeriesScene();
        var dropped = cluster.Start("a").Recorder.Dropped;
        var log = new LinesLogger();
        var read = 0;
        var several = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var loop = new ExportLoop(
            MetricsExporter.Influx(url, null, "c"),
            _ =>
            {
                if (++read == 5)
                {
                    several.SetResult();
                }

                return Task.FromResult(Readings.Of([]));
            },
            new ExportOutage("influx", dropped, log),
            TimeProvider.System)
        {
            Interval = TimeSpan.FromMilliseconds(1),
        };

        loop.Start();
        await log.UntilAsync(static lines => lines.Count == 1, "the begin of the outage");
        await several.Task.WaitAsync(Limit);
        await loop.StopAsync();

        Assert.Equal(2 * read, cluster.Dropped("export_influx"));
        Assert.Contains("Nothing is exported to influx", Assert.Single(log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Receiver_that_never_answers_holds_up_one_reading_only()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var read = 0;
        await using var cluster = new SeriesScene();
        var dropped = cluster.Start("a").Recorder.Dropped;
        var log = new LinesLogger();
        await using var loop = new ExportLoop(
            MetricsExporter.Influx(new Uri($"http://{listener.LocalEndpoint}/write"), null, "c"),
            _ => Task.FromResult(Readings.Of([]) with { ActiveSlots = ++read }),
            new ExportOutage("influx", dropped, log),
            TimeProvider.System)
        {
            Interval = TimeSpan.FromMilliseconds(1),
            Timeout = TimeSpan.FromMilliseconds(100),
        };

        loop.Start();
        await log.UntilAsync(static lines => lines.Count == 1, "the begin of the outage");
        await loop.StopAsync();

        Assert.Contains("it takes too long", log.Lines[0], StringComparison.Ordinal);
        Assert.Equal(2 * read, cluster.Dropped("export_influx"));
    }

    [Fact]
    public async Task Last_reading_is_sent_at_the_end()
    {
        using var server = new StatsdServer(hasTags: false);
        var facts = new Facts();
        facts.Save("report");
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var time = new VirtualTimeProvider(Facts.Start, dispatcher: null);
        await using var loop = new ExportLoop(
            MetricsExporter.Statsd("127.0.0.1", server.Port, StatsdFormat.Statsd, "c", []),
            _ =>
            {
                var reading = Readings.Of(facts);
                first.TrySetResult();
                return Task.FromResult(reading);
            },
            new ExportOutage("statsd", new DroppedMetrics(), new LinesLogger()),
            time);

        loop.Start();
        await first.Task.WaitAsync(Limit);
        Readings.Run(facts, "report", succeeded: 3);
        await loop.StopAsync();
        server.Drain();

        Assert.Equal(3, server.Counters["c.job.report.success"]);
    }

    private sealed class LinesLogger : ILogger
    {
        private readonly Lock _gate = new();
        private readonly List<string> _lines = [];
        private readonly List<(Func<IReadOnlyList<string>, bool> Condition, TaskCompletionSource Met)> _waiters = [];

        public IReadOnlyList<string> Lines
        {
            get
            {
                lock (_gate)
                {
                    return [.. _lines];
                }
            }
        }

        public async Task UntilAsync(Func<IReadOnlyList<string>, bool> condition, string what)
        {
            var met = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (_gate)
            {
                if (condition(_lines))
                {
                    return;
                }

                _waiters.Add((condition, met));
            }

            try
            {
                await met.Task.WaitAsync(Limit);
            }
            catch (TimeoutException late)
            {
                throw new TimeoutException($"Not within {Limit}: {what}.", late);
            }
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            return null;
        }

        public bool IsEnabled(LogLevel logLevel)
        {
            return true;
        }

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (_gate)
            {
                _lines.Add(formatter(state, exception));
                foreach (var (condition, met) in _waiters)
                {
                    if (condition(_lines))
                    {
                        met.TrySetResult();
                    }
                }
            }
        }
    }
}
