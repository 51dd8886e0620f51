using System.Text.Json;
using Carillon.EndToEnd.Tests.Api;
using Carillon.EndToEnd.Tests.Servers;

namespace Carillon.EndToEnd.Tests.Chaos;

/// <summary>What runs while everything breaks: about a hundred executions a second, of every kind that recovers in its own way.</summary>
internal static class ChaosLoad
{
    /// <summary>The job that runs only when it is triggered.</summary>
    public const string Triggered = "triggered";

    /// <summary>The queue with few slots.</summary>
    public const string Narrow = "narrow";

    private const int SlowMilliseconds = 1_500;
    private const int QueuedMilliseconds = 200;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Quick = TimeSpan.FromMilliseconds(100);

    /// <summary>The jobs, whose occurrences begin in a moment and do not fall on each other.</summary>
    public static IReadOnlyList<ChaosJob> Jobs(TruthServer truth, DateTimeOffset start)
    {
        ChaosJob[] jobs =
        [
            .. Some(24, number => Job($"tick-{number:D2}", truth.Url(), Second)),
            .. Some(12, number => Job($"most-{number:D2}", truth.Url(), Second) with { IsAtMostOnce = true }),
            .. Some(4, number => Job($"quick-{number:D2}", truth.Url(), Quick) with { IsAtMostOnce = number % 2 == 0 }),
            .. Some(8, number => Job($"slow-{number:D2}", truth.Url(SlowMilliseconds), Second) with { IsAtMostOnce = number % 2 == 0 }),
            .. Some(8, number => Job($"queued-{number:D2}", truth.Url(QueuedMilliseconds), Second) with { Queue = Narrow, Overlap = "queue" }),
            .. Some(8, number => Job($"flaky-{number:D2}", truth.Url(fails: 3), Second) with { Retries = 2 }),
            Job(Triggered, truth.Url(), interval: null) with { Overlap = "allow" },
        ];
        return [.. jobs.Select((job, number) => job with { Start = start.AddMilliseconds(37 * number) })];
    }

    /// <summary>Creates all jobs with one request.</summary>
    public static async Task CreateAsync(SchedulerApi api, IEnumerable<ChaosJob> jobs)
    {
        var body = JsonSerializer.Serialize(new { Action = "create", Jobs = jobs.Select(static job => job.Document) }, SchedulerApi.Json);
        using var answer = await api.PostAsync("jobs/bulk", body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        Assert.Equal(0, JsonElement.Parse(text).GetProperty("data").GetProperty("failed").GetInt32());
    }

    private static IEnumerable<ChaosJob> Some(int count, Func<int, ChaosJob> make)
    {
        return Enumerable.Range(0, count).Select(make);
    }

    private static ChaosJob Job(string id, string url, TimeSpan? interval)
    {
        return new ChaosJob(id, url, default, interval);
    }
}
