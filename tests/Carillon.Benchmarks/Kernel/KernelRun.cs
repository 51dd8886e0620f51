using System.Diagnostics;
using Carillon.Actors;
using Carillon.Benchmarks.Measuring;
using Carillon.Benchmarks.Results;

namespace Carillon.Benchmarks.Kernel;

/// <summary>Measures one stage once.</summary>
internal static class KernelRun
{
    private const int ManyPairs = 64;
    private const int Pipelined = 100;
    private const int Askers = 64;
    private const int IdleActors = 1_000_000;
    private const int ActorsAtOnce = 1_000;
    private const int Timers = 500;
    private static readonly TimeSpan TimerStep = TimeSpan.FromMicroseconds(1_300);

    public static async Task<Run> MeasureAsync(Func<IStage> open, TimeSpan window)
    {
        var values = new Dictionary<string, double>(StringComparer.Ordinal)
        {
            [Measures.OnePairRate] = (await PairsAsync(open, 1, 1, window)).Rate,
            [Measures.ManyPairsRate] = (await PairsAsync(open, ManyPairs, 1, window)).Rate,
        };
        (values[Measures.PipelinedRate], values[Measures.AllocatedPerMessage]) = await PairsAsync(open, 1, Pipelined, window);
        await using var stage = open();
        values[Measures.AskRate] = await AsksAsync(stage, 1, window);
        values[Measures.ManyAsksRate] = await AsksAsync(stage, Askers, window);
        values[Measures.IdleBytes] = await IdleBytesAsync(open);
        if (stage is KernelStage kernel)
        {
            values[Measures.LifeRate] = await LivesAsync(kernel, window);
        }

        var late = await TimersAsync(stage.Time);
        values[Measures.TimerLateP50] = late.At(0.5);
        values[Measures.TimerLateP99] = late.At(0.99);
        return new Run(values);
    }

    private static async Task<(double Rate, double Bytes)> PairsAsync(Func<IStage> open, int pairs, int inFlight, TimeSpan window)
    {
        await using var stage = open();
        return await new PairScenario(stage, pairs, inFlight).MeasureAsync(window);
    }

    /// <summary>
    /// Each asker has a mailbox of its own to ask, one question at a time; an answer is awaited, so it comes back
    /// through the thread pool.
    /// </summary>
    private static async Task<double> AsksAsync(IStage stage, int askers, TimeSpan window)
    {
        var watch = Stopwatch.StartNew();
        var asking = Enumerable.Range(0, askers).Select(_ => Task.Run(() => AskAsync(stage, watch, window)));
        return (await Task.WhenAll(asking)).Sum() / watch.Elapsed.TotalSeconds;
    }

    private static async Task<long> AskAsync(IStage stage, Stopwatch watch, TimeSpan window)
    {
        var ask = stage is KernelStage kernel ? Asker(kernel) : Asker(stage);
        var asked = 0L;
        while (watch.Elapsed < window)
        {
            await ask();
            asked++;
        }

        return asked;
    }

    private static Func<Task> Asker(KernelStage stage)
    {
        var echo = stage.Spawn(new Echo());
        return () => echo.AskAsync<object, object>(static replyTo => replyTo);
    }

    /// <summary>The same without a timeout, which no mailbox alone has.</summary>
    private static Func<Task> Asker(IStage stage)
    {
        var echo = stage.Open(new Echo());
        return () =>
        {
            var reply = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            echo.Tell(reply);
            return reply.Task;
        };
    }

    private static async Task<double> IdleBytesAsync(Func<IStage> open)
    {
        await using var stage = open();
        var receiver = new Echo();
        var addresses = new object[IdleActors];
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < IdleActors; i++)
        {
            addresses[i] = stage is KernelStage kernel ? kernel.SpawnIdle() : stage.Open(receiver);
        }

        // Behind all the others, in order; when it has been handled, they have started.
        await Asker(stage)();
        var bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(addresses);
        return (double)bytes / IdleActors;
    }

    private static async Task<double> LivesAsync(KernelStage stage, TimeSpan window)
    {
        var lives = 0L;
        var receiver = new Echo();
        var actors = new IActorRef<object>[ActorsAtOnce];
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < window)
        {
            for (var i = 0; i < ActorsAtOnce; i++)
            {
                actors[i] = stage.Spawn(receiver);
            }

            await Task.WhenAll(actors.Select(stage.System.StopAsync));
            lives += ActorsAtOnce;
        }

        return lives / watch.Elapsed.TotalSeconds;
    }

    /// <summary>How late timers fire, in milliseconds, one at a time.</summary>
    private static async Task<Percentiles> TimersAsync(TimeProvider time)
    {
        var late = new float[Timers];
        for (var i = 0; i < Timers; i++)
        {
            var firing = new Firing(time);
            await using var timer = time.CreateTimer(
                static state => ((Firing)state!).Fire(), firing, TimerStep, Timeout.InfiniteTimeSpan);
            late[i] = (float)(await firing.Task - TimerStep).TotalMilliseconds;
        }

        return new Percentiles(System.Runtime.InteropServices.MemoryMarshal.AsBytes(late.AsSpan()).ToArray());
    }

    /// <summary>As a timer of an actor is: it fires on the thread of the kernel's clock.</summary>
    private sealed class Firing(TimeProvider time)
        : TaskCompletionSource<TimeSpan>(TaskCreationOptions.RunContinuationsAsynchronously), IRunsOnTimerThread
    {
        private readonly long _startedAt = time.GetTimestamp();

        public void Fire() => TrySetResult(time.GetElapsedTime(_startedAt));
    }

    /// <summary>Answers whoever asks.</summary>
    private sealed class Echo : IReceiver
    {
        public void Receive(object message)
        {
            switch (message)
            {
                case TaskCompletionSource reply:
                    reply.SetResult();
                    break;
                case IActorRef<object> replyTo:
                    replyTo.Tell(this);
                    break;
            }
        }
    }
}
