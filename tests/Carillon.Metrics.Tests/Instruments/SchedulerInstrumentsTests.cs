using System.Diagnostics.Metrics;
using Carillon.Actors;
using Carillon.Cluster;
using Carillon.Model;

namespace Carillon.Metrics.Tests;

/// <summary>What a listener to the meter <c>Carillon</c> is told.</summary>
public sealed class SchedulerInstrumentsTests
{
    private const string Job = "instruments";

    [Fact]
    public async Task Committed_facts_are_told_once_and_recovered_ones_never()
    {
        var dispatcher = new DeterministicDispatcher(1);
        await using var system = new ActorSystem("test", new ActorSystemOptions
        {
            Time = new VirtualTimeProvider(Facts.Start, dispatcher),
            Dispatcher = dispatcher,
            Random = new Random(1),
        });
        var writer = new Probe<Append>(system, "writer");
        var facts = new Facts();
        facts.Save(Job);
        Readings.Run(facts, Job, succeeded: 5);
        var store = new TestStore();
        store.Commit(facts.Take());
        using var told = new Told();

        var recovery = store.Recover();
        var shard = system.Spawn<object>("history", () => new HistoryShard(recovery.Term, recovery, new HistoryOptions(), writer.Ref));
        var retried = facts.Begin(Job, 100, attempt: 1, lag: 0.5, cause: WaitCause.Queue);
        facts.Finish(retried, Outcome.Failed, 1_500_000, final: false);
        facts.Finish(facts.Begin(Job, 101, attempt: 2), Outcome.Succeeded, 250_000);
        shard.Tell(new CommittedEvents(recovery.Term, facts.Take()));
        dispatcher.RunUntilIdle();

        Assert.Equal(
            [
                "carillon.start.lag 0.5 category=billing cause=queue",
                "carillon.attempt.duration 1.5 category=billing outcome=failed",
                "carillon.retries 1 category=billing",
                "carillon.start.lag 0 category=billing cause=none",
                "carillon.attempt.duration 0.25 category=billing outcome=succeeded",
                "carillon.executions 1 category=billing outcome=succeeded",
            ],
            told.Lines);
    }

    /// <summary>Listens to the meter; of what other tests do beside this one it hears nothing.</summary>
    private sealed class Told : IDisposable
    {
        private readonly MeterListener _listener = new();

        public Told()
        {
            _listener.InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name == "Carillon")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
            _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
            _listener.Start();
        }

        public List<string> Lines { get; } = [];

        public void Dispose()
        {
            _listener.Dispose();
        }

        private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var named = tags.ToArray();
            if (named.Any(static tag => tag.Key == "job_id" && tag.Value as string == Job))
            {
                var shown = named.Where(static tag => tag.Key != "job_id").Select(static tag => $"{tag.Key}={tag.Value}");
                Lines.Add(string.Create(null, $"{instrument.Name} {value} {string.Join(' ', shown)}"));
            }
        }
    }
}
