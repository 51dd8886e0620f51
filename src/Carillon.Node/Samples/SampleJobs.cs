using Carillon.Hosting;

namespace Carillon.Node.Samples;

/// <summary>The classes that the jobs of <c>hocon/standalone.conf</c> run.</summary>
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
    }

    private static bool Fails(Random random)
    {
        lock (random)
        {
            return random.Next(4) == 0;
        }
    }
}
