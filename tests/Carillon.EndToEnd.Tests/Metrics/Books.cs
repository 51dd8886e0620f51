namespace Carillon.EndToEnd.Tests.Metrics;

/// <summary>The books of every job: planned = Σ outcomes + open.</summary>
internal static class Books
{
    public static void AreBalanced(MetricsPage page)
    {
        var planned = page.By("job_id", "scheduler_job_planned_total");
        var ended = page.By("job_id", "scheduler_job_occurrences_total");
        var open = page.By("job_id", "scheduler_job_open");
        Assert.NotEmpty(planned);
        Assert.All(planned, job => Assert.Equal(job.Value, ended[job.Key] + open[job.Key]));
    }

    /// <summary>How many occurrences of each job had an outcome.</summary>
    public static IReadOnlyDictionary<string, double> Ended(MetricsPage page, string outcome)
    {
        return page.Samples
            .Where(s => s.Key.StartsWith("scheduler_job_occurrences_total{", StringComparison.Ordinal) && s.Key.Contains($"outcome=\"{outcome}\"", StringComparison.Ordinal))
            .ToDictionary(static s => s.Key.Split("job_id=\"")[1].Split('"')[0], static s => s.Value, StringComparer.Ordinal);
    }
}
