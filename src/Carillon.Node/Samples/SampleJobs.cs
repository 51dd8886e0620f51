using System.Text.Json;
using Carillon.Hosting;
using Carillon.Model;

namespace Carillon.Node.Samples;

/// <summary>The classes that sample jobs run: those of <c>hocon/standalone.conf</c>, one that misbehaves, and one that records operations.</summary>
internal static class SampleJobs
{
    private static readonly TimeSpan SlowTime = TimeSpan.FromSeconds(5);

    public static void Register(CarillonBuilder carillon, TimeProvider time, Random random)
    {
        carillon.AddClass("sample-tick", static (_, _) => Task.CompletedTask);
        carillon.AddClass("sample-slow", (_, cancellationToken) => Task.Delay(SlowTime, time, cancellationToken));
        carillon.AddClass("sample-flaky", (context, _) => Fails(random)
            ? throw new InvalidOperationException($"the sample failed in attempt {context.Attempt}, as it does now and then")
            : Task.CompletedTask);
        carillon.AddClass("sample-blocking", BlockAsync);
        carillon.AddClass("sample-operations", SampleOperations.RunAsync);
    }

    /// <summary>
    /// Keeps its threads, as code does that waits without await: for <c>seconds</c> of the payload, with
    /// <c>"after_await": true</c> not the one it was started on, and as many more as <c>more_threads</c> says.
    /// </summary>
    private static async Task BlockAsync(JobContext context, CancellationToken cancellationToken)
    {
        var payload = JsonElement.Parse(context.Payload ?? "{}");
        if (payload.TryGetProperty("after_await", out var afterAwait) && afterAwait.GetBoolean())
        {
            await Task.Yield();
        }

        var seconds = payload.TryGetProperty("seconds", out var given) ? given.GetDouble() : SlowTime.TotalSeconds;
        var more = payload.TryGetProperty("more_threads", out var threads) ? threads.GetInt32() : 0;
        var others = Enumerable.Range(0, more).Select(_ => Task.Run(Block, CancellationToken.None)).ToArray();
        Block();
        await Task.WhenAll(others);
        cancellationToken.ThrowIfCancellationRequested();

        void Block()
        {
            cancellationToken.WaitHandle.WaitOne(TimeSpan.FromSeconds(seconds));
        }
    }

    private static bool Fails(Random random)
    {
        lock (random)
        {
            return random.Next(4) == 0;
        }
    }
}
