using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Carillon.Actors;
using Carillon.Benchmarks.Measuring;
using Carillon.Benchmarks.Results;
using Carillon.Cluster;
using Carillon.Metrics;
using Carillon.Model;
using Carillon.Scheduling;

namespace Carillon.Benchmarks.Lanes;

/// <summary>Measures the lanes between two hosts in one process: real WebSockets, one direction.</summary>
internal sealed class LaneRun : IAsyncDisposable
{
    private const int Operations = 20;
    private const int SetsOfEach = 100;
    private const int CallsOfEach = 20;
    private const int DeltasInFlight = 32;
    private const int Burst = 20_000;

    private readonly LaneHost _one;
    private readonly LaneHost _other;
    private readonly IReadOnlyList<ToSeries> _deltas;
    private readonly IActorRef<object> _worker;
    private readonly IActorRef<object> _region;

    private LaneRun(LaneHost one, LaneHost other, IReadOnlyList<ToSeries> deltas)
    {
        (_one, _other, _deltas) = (one, other, deltas);
        other.Actors.Publish(RemoteNames.Worker, other.System.Spawn<object>("worker", static () => new Answering()), SchedulingMessages.ToWorker);
        other.Actors.Publish(RemoteNames.Region, other.System.Spawn<object>("region", static () => new Answering()), ClusterMessages.ToRegion);
        _worker = one.Find(other, RemoteNames.Worker);
        _region = one.Find(other, RemoteNames.Region);
    }

    public static async Task<LaneRun> StartAsync()
    {
        var (one, other) = await LaneHost.StartTwoAsync();
        return new LaneRun(one, other, await RecordedAsync(one));
    }

    public async Task<Run> MeasureAsync(TimeSpan length)
    {
        await RoundTripsAsync(TimeSpan.FromMilliseconds(500));
        await FiguresAsync(TimeSpan.FromMilliseconds(500));
        var trips = await RoundTripsAsync(length);
        return new Run(new Dictionary<string, double>(StringComparer.Ordinal)
        {
            [Measures.LaneRecordRate] = await FiguresAsync(length),
            [Measures.LaneMessageRate] = await MessagesAsync(length),
            [Measures.LaneTripP50] = trips.At(0.5),
            [Measures.LaneTripP99] = trips.At(0.99),
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _one.DisposeAsync();
        await _other.DisposeAsync();
    }

    /// <summary>What a node sends that records 2,000 series, as its sender makes it.</summary>
    private static async Task<IReadOnlyList<ToSeries>> RecordedAsync(LaneHost host)
    {
        var recorder = new OperationRecorder(new OperationRecorderOptions(), TimeProvider.System);
        var random = new Random(1);
        for (var call = 0; call < Operations * SetsOfEach * CallsOfEach; call++)
        {
            var tenant = string.Create(CultureInfo.InvariantCulture, $"tenant-{random.Next(SetsOfEach)}");
            var latency = TimeSpan.FromMicroseconds(Math.Exp(7 + (random.NextDouble() * 3)));
            recorder.Record(string.Create(CultureInfo.InvariantCulture, $"operation-{call % Operations}"), latency, ("tenant", tenant), ("region", "eu"));
        }

        var taken = new List<ToSeries>();
        var sink = host.System.Spawn<object>("sink", () => new Taking(taken));
        var options = new SeriesSenderOptions(Guid.Empty, "one", 256);
        var sender = host.System.Spawn<object>("sender", () => new SeriesSender(options, recorder, null, new OwnershipCounts(), sink));
        await sender.AskAsync<object, SeriesFlushed>(static replyTo => new FlushSeries(replyTo));
        return [.. taken.Where(static d => d.Message is MergeDelta { Series.Count: > 0 })];
    }

    /// <summary>Deltas, each answered: series a second.</summary>
    private async Task<double> FiguresAsync(TimeSpan length)
    {
        var done = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        var watch = Stopwatch.StartNew();
        var pump = _one.System.Spawn<object>(
            $"pump-{watch.GetHashCode()}-{Stopwatch.GetTimestamp()}", () => new Pumping(_deltas, _region, () => watch.Elapsed < length, done));
        var series = await done.Task;
        var rate = series / watch.Elapsed.TotalSeconds;
        await _one.System.StopAsync(pump);
        return rate;
    }

    /// <summary>Small messages one way, in bursts that are waited for: messages a second.</summary>
    private async Task<double> MessagesAsync(TimeSpan length)
    {
        var message = new AttemptRecorded(new AttemptKey("nightly-report", new DateTimeOffset(2026, 5, 4, 12, 0, 0, TimeSpan.Zero), 1));
        var watch = Stopwatch.StartNew();
        var sent = 0L;
        while (watch.Elapsed < length)
        {
            for (var i = 0; i < Burst; i++)
            {
                sent += _worker.Tell(message) ? 1 : throw new InvalidOperationException("The lane is full.");
            }

            await AskAsync();
        }

        return sent / watch.Elapsed.TotalSeconds;
    }

    private async Task<Percentiles> RoundTripsAsync(TimeSpan length)
    {
        var samples = new List<float>();
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < length)
        {
            var began = Stopwatch.GetTimestamp();
            await AskAsync();
            samples.Add((float)Stopwatch.GetElapsedTime(began).TotalMicroseconds);
        }

        return new Percentiles(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(samples)).ToArray());
    }

    private Task<WorkerState> AskAsync()
    {
        return _worker.AskAsync<object, WorkerState>(static replyTo => new ReadWorker(replyTo));
    }

    private sealed class Answering : Actor<object>
    {
        protected override void Receive(object message)
        {
            switch (message)
            {
                case ReadWorker read:
                    read.ReplyTo.Tell(new WorkerState(32, 0, 0, 0, 0, []));
                    break;
                case ToSeries { Message: MergeDelta delta }:
                    delta.ReplyTo.Tell(new DeltaMerged(delta.Shard, delta.Series.Count));
                    break;
            }
        }
    }

    private sealed class Taking(List<ToSeries> taken) : Actor<object>
    {
        protected override void Receive(object message)
        {
            var delivery = (ToSeries)message;
            var delta = (MergeDelta)delivery.Message;
            taken.Add(delivery);
            delta.ReplyTo.Tell(new DeltaMerged(delta.Shard, delta.Sequence));
        }
    }

    /// <summary>Keeps some deltas under way; an answer tells how many series the other end has read.</summary>
    private sealed class Pumping(
        IReadOnlyList<ToSeries> deltas, IActorRef<object> region, Func<bool> goesOn, TaskCompletionSource<long> done) : Actor<object>
    {
        private int _next;
        private int _inFlight;
        private long _series;

        protected override void PreStart()
        {
            while (_inFlight < DeltasInFlight)
            {
                Send();
            }
        }

        protected override void Receive(object message)
        {
            _inFlight--;
            _series += ((DeltaMerged)message).Sequence;
            if (goesOn())
            {
                Send();
            }
            else if (_inFlight == 0)
            {
                done.SetResult(_series);
            }
        }

        private void Send()
        {
            var delivery = deltas[_next++ % deltas.Count];
            _inFlight++;
            region.Tell(delivery with { Message = ((MergeDelta)delivery.Message) with { ReplyTo = Context.Self } });
        }
    }
}
