using Carillon.Metrics;
using Carillon.Model;

namespace Carillon.Web.Tests;

/// <summary>Plain values, of which tests change what matters.</summary>
internal static class Some
{
    public static readonly DateTimeOffset Time = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);

    public static Job Job(string id)
    {
        return new Job
        {
            Definition = new JobDefinition { Id = id, Run = new ClassRun { Class = "ok" } },
            CreatedAt = Time,
            ScheduledFrom = Time,
        };
    }

    public static Job Job(JobDefinition definition)
    {
        return Job(definition.Id) with { Definition = definition };
    }

    public static JobStatistics Statistics(string id)
    {
        return new JobStatistics { JobId = id, JobName = id };
    }
}
