using Carillon.Model;
using Carillon.Testing;

namespace Carillon.Simulation.Tests;

/// <summary>Jobs, and what their code does, as chance has it.</summary>
internal sealed class RandomJobs(Random random)
{
    /// <summary>A definition of the job.</summary>
    public JobDefinition Next(string id)
    {
        return Sample.OnDemand(id: id) with
        {
            Schedule = random.Next(5) == 0
                ? new ScheduleSpec()
                : new ScheduleSpec { Every = TimeSpan.FromMilliseconds(random.Next(200, 5_000)) },
            Overlap = (OverlapPolicy)random.Next(4),
            Misfire = (MisfirePolicy)random.Next(3),
            Grace = TimeSpan.FromSeconds(random.Next(20)),
            MaxConcurrent = random.Next(1, 4),
            Timeout = random.Next(3) == 0 ? TimeSpan.FromSeconds(random.Next(1, 5)) : null,
            Guarantee = (Guarantee)random.Next(2),
            OnLeaseLoss = (LeaseLossPolicy)random.Next(2),
            Retry = new RetryPolicy { Attempts = random.Next(3), WaitMin = TimeSpan.FromSeconds(random.Next(3)) },
        };
    }

    /// <summary>What one run of a job's code does.</summary>
    public CodeScript NextCode()
    {
        var duration = TimeSpan.FromMilliseconds(random.Next(4) == 0 ? random.Next(8_000) : random.Next(300));
        return new CodeScript(duration, random.Next(4) == 0 ? "chance" : null, IsDeaf: random.Next(6) == 0);
    }
}
