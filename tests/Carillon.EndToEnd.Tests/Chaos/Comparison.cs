using System.Globalization;
using Carillon.EndToEnd.Tests.Api;
using Carillon.EndToEnd.Tests.Metrics;
using Carillon.EndToEnd.Tests.Servers;

namespace Carillon.EndToEnd.Tests.Chaos;

/// <summary>What ran, what is recorded, what was scheduled and what is shown, compared with each other.</summary>
internal static class Comparison
{
    private const int MaxLosses = 5;
    private const int MaxShown = 10;

    /// <summary>Compares everything.</summary>
    /// <returns>One text for each thing that is not as it must be.</returns>
    public static IReadOnlyList<string> Violations(ChaosRecords records)
    {
        var evidence = new Evidence(records.Requests, records.Executions);
        var overlapping = records.Jobs.Where(static job => job.Overlap is "allow").Select(static job => job.Id).ToHashSet(StringComparer.Ordinal);
        Action[] checks =
        [
            evidence.NoAttemptRanTwice,
            evidence.EveryRequestIsRecorded,
            evidence.EverySuccessRan,
            evidence.EveryInterruptedRequestIsLost,
            () => evidence.OvertakenStartsAreLost(overlapping.Contains),
            () => OutcomesAreWhatTheWorkSaid(records),
            () => EverythingHasEnded(records),
            () => GuaranteesAreKept(records),
            () => EveryOccurrenceIsAccountedFor(records),
            () => EveryAcknowledgedTriggerIsThereOnce(records),
            () => PagesAreEqual(records),
            () => PagesAreBalanced(records),
            () => PagesShowTheRecords(records),
        ];
        return [.. checks.Select(Record.Exception).OfType<Exception>().Select(static e => e.Message)];
    }

    /// <summary>Executions of each job that succeeded, as the ground truth has it: its last answer was a good one.</summary>
    public static IReadOnlyDictionary<string, double> Succeeded(ChaosRecords records)
    {
        return Count(records, static e => e.Attempts.Count(static a => a.Outcome is "succeeded"));
    }

    /// <summary>What a page shows that does not depend on the moment: counters, and everything about jobs.</summary>
    public static IEnumerable<KeyValuePair<string, double>> Facts(MetricsPage page)
    {
        return page.Counters.Concat(page.Samples.Where(static s => s.Key.StartsWith("scheduler_job_", StringComparison.Ordinal))).Distinct();
    }

    private static void OutcomesAreWhatTheWorkSaid(ChaosRecords records)
    {
        var answers = records.Requests.ToLookup(static r => r.Attempt);
        None("have another outcome than their work", Attempts(records).Where(a => !IsSaid(a.Row, answers[a.Name])).Select(static a => a.Name));
    }

    /// <summary>Lost is what nobody can know the outcome of; anything else is what the work has answered.</summary>
    private static bool IsSaid(AttemptRow row, IEnumerable<TruthRequest> answers)
    {
        var status = answers.FirstOrDefault()?.Status;
        return row.Outcome switch
        {
            "succeeded" => status is 200,
            "failed" => status is 500,
            "lost" => true,
            _ => false,
        };
    }

    private static void EverythingHasEnded(ChaosRecords records)
    {
        None("have not ended", records.Executions.Where(static e => e.Status is "running" or "pending"));
        None("have an attempt without an end", records.Executions.Where(static e => e.Attempts.Any(static a => a.Outcome is null)));
        None("have attempts that are not numbered one after the other", records.Executions.Where(static e =>
            !e.Attempts.Select(static a => a.Attempt).Order().SequenceEqual(Enumerable.Range(1, e.Attempts.Count))));
    }

    private static void GuaranteesAreKept(ChaosRecords records)
    {
        var atMostOnce = records.Jobs.Where(static job => job.IsAtMostOnce).Select(static job => job.Id).ToHashSet(StringComparer.Ordinal);
        None("ran more than once, though at most once", records.Requests.Where(r => atMostOnce.Contains(r.Attempt.Job))
            .GroupBy(static r => r.Execution).Where(static g => g.Count() > 1).SelectMany(static g => g));
        None("were lost and not run again", records.Executions.Where(e =>
            !atMostOnce.Contains(e.JobId) && e.Status is "lost" && e.Attempts.Count(static a => a.Outcome is "lost") <= MaxLosses));
        None("were run again after a success", records.Executions.Where(static e =>
            e.Attempts.OrderBy(static a => a.Attempt).SkipLast(1).Any(static a => a.Outcome is "succeeded")));
    }

    /// <summary>Each tick of a schedule, from its first to the last one decided about, has an execution or lies in one stretch.</summary>
    private static void EveryOccurrenceIsAccountedFor(ChaosRecords records)
    {
        var ran = records.Executions.ToLookup(static e => e.JobId, static e => e.ScheduledAt, StringComparer.Ordinal);
        var stretches = records.Stretches.ToLookup(static s => s.Job, StringComparer.Ordinal);
        foreach (var job in records.Jobs.Where(static job => job.Interval is not null))
        {
            var decided = ran[job.Id].Concat(stretches[job.Id].SelectMany(s => Ticks(job, s.From, s.To))).ToArray();
            Assert.True(decided.Length > 0, $"nothing of {job.Id} was decided about");
            var ticks = Ticks(job, job.Start, decided.Max()).ToArray();
            None($"of {job.Id} were missed", ticks.Except(decided).Select(Text));
            None($"of {job.Id} were never due", decided.Except(ticks).Select(Text));
            None($"of {job.Id} were decided about twice", decided.CountBy(static time => time).Where(static time => time.Value > 1).Select(static time => Text(time.Key)));
            None($"of {job.Id} count what they do not hold", stretches[job.Id].Where(s => s.Count != Ticks(job, s.From, s.To).Count()));
        }
    }

    private static void EveryAcknowledgedTriggerIsThereOnce(ChaosRecords records)
    {
        var executions = records.Executions.Where(static e => e.JobId is ChaosLoad.Triggered).Select(static e => e.ExecutionId).ToArray();
        None("were acknowledged for two triggers", records.Acknowledged.CountBy(static id => id).Where(static id => id.Value > 1));
        None("were acknowledged and are not there", records.Acknowledged.Except(executions));
        Assert.True(executions.Length <= records.Keys, $"{records.Keys} triggers have made {executions.Length} executions");
    }

    private static void PagesAreEqual(ChaosRecords records)
    {
        var (name, first) = records.Pages.First();
        foreach (var (other, page) in records.Pages.Skip(1))
        {
            None($"differ between {name} and {other}", Facts(first).Except(Facts(page)).Concat(Facts(page).Except(Facts(first))));
        }
    }

    private static void PagesAreBalanced(ChaosRecords records)
    {
        foreach (var page in records.Pages.Values)
        {
            Books.AreBalanced(page);
            Assert.Equal(0, page.Sum("scheduler_job_open"));
            Assert.Equal(0, page.Sum("scheduler_job_running"));
            Assert.Equal(0, page.Sum("scheduler_audit_missed_total"));
            Assert.Equal(0, page.Sum("scheduler_audit_duplicates_total"));
        }
    }

    private static void PagesShowTheRecords(ChaosRecords records)
    {
        var page = records.Pages.First().Value;
        var left = records.Stretches.GroupBy(static s => s.Job, StringComparer.Ordinal)
            .ToDictionary(static g => g.Key, static g => (double)g.Sum(static s => s.Count), StringComparer.Ordinal);
        Same("scheduler_job_success_total", Succeeded(records));
        Same("scheduler_job_failure_total", Count(records, static e => e.Status is "failed" or "lost" ? 1 : 0));
        Same("scheduler_job_retries_total", Count(records, static e => e.Attempts.Count(static a => a.Attempt > 1 && a.StartedAt is not null)));
        Same("scheduler_job_planned_total", Count(records, static _ => 1).ToDictionary(
            static job => job.Key, job => job.Value + left.GetValueOrDefault(job.Key), StringComparer.Ordinal));

        void Same(string family, IReadOnlyDictionary<string, double> recorded)
        {
            var shown = page.By("job_id", family);
            None($"of {family} are not what is recorded", recorded.Where(job => !shown[job.Key].Equals(job.Value))
                .Select(job => string.Create(CultureInfo.InvariantCulture, $"{job.Key}: {job.Value} recorded, {shown[job.Key]} shown")));
        }
    }

    private static Dictionary<string, double> Count(ChaosRecords records, Func<ExecutionRow, int> count)
    {
        var executions = records.Executions.ToLookup(static e => e.JobId, StringComparer.Ordinal);
        return records.Jobs.ToDictionary(static job => job.Id, job => (double)executions[job.Id].Sum(count), StringComparer.Ordinal);
    }

    private static IEnumerable<(AttemptName Name, AttemptRow Row)> Attempts(ChaosRecords records)
    {
        return records.Executions.SelectMany(static e => e.Attempts.Select(a => (new AttemptName(e.JobId, e.ScheduledAt, a.Attempt), a)));
    }

    private static IEnumerable<DateTimeOffset> Ticks(ChaosJob job, DateTimeOffset from, DateTimeOffset to)
    {
        for (var tick = from; tick <= to; tick += job.Interval!.Value)
        {
            yield return tick;
        }
    }

    private static string Text(DateTimeOffset time)
    {
        return time.ToString("O", CultureInfo.InvariantCulture);
    }

    private static void None<T>(string what, IEnumerable<T> found)
    {
        var all = found.ToArray();
        Assert.True(all.Length == 0, $"{all.Length} {what}:\n{string.Join('\n', all.Take(MaxShown))}");
    }
}
