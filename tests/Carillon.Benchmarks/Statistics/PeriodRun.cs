using System.Diagnostics;
using System.Globalization;
using Carillon.Benchmarks.Results;
using Carillon.Benchmarks.Workers;
using Carillon.Cluster;
using Carillon.Metrics;
using Carillon.Model;
using Carillon.Persistence;

namespace Carillon.Benchmarks.Statistics;

/// <summary>Fills a store with the hours of many jobs, and reads the statistics of one after the other.</summary>
internal sealed class PeriodRun(INodeStore store, Guid me, int jobs, int days)
{
    private const int RunsPerHour = 60;
    private static readonly DateTimeOffset End = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Records an hour with 60 executions for each job and hour.</summary>
    public async Task FillAsync()
    {
        var terms = await SoleOwner.OpenAsync(store, me, End);
        var hours = Enumerable.Range(0, 24 * days).Select(Hour).ToArray();
        for (var hour = 0; hour < hours.Length; hour++)
        {
            var events = Enumerable.Range(0, jobs).Select(job => new ShardEvent(
                terms[ShardHash.Of(Name(job), terms.Count)], hour + 1, End, new SaveRollup(hours[hour] with { JobId = Name(job) }))).ToArray();
            await SoleOwner.AppendAsync(store, new AppendBatch(me, [.. terms.Values], events));
        }
    }

    /// <summary>Reads all days of one job after the other, and takes its percentiles.</summary>
    public async Task<Run> MeasureAsync(int reads)
    {
        var milliseconds = new double[reads];
        for (var read = 0; read < reads; read++)
        {
            var begun = Stopwatch.GetTimestamp();
            var figures = new PeriodFigures();
            var period = StatisticsPeriod.Covering(End.AddDays(-days), End, minutesSince: End);
            foreach (var range in period.Ranges)
            {
                foreach (var rollup in await store.Rollups.ReadRollupsAsync(Name(read % jobs), range, CancellationToken.None))
                {
                    figures.Add(PeriodFigures.Of(rollup));
                }
            }

            _ = figures.Durations.Quantile(0.5) + figures.Durations.Quantile(0.99);
            milliseconds[read] = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
            if (figures.Durations.Count != 24L * days * RunsPerHour)
            {
                throw new InvalidOperationException($"{figures.Durations.Count} durations were read");
            }
        }

        Array.Sort(milliseconds);
        return new Run(new Dictionary<string, double>(StringComparer.Ordinal)
        {
            [Measures.PeriodP50] = milliseconds[reads / 2],
            [Measures.PeriodP99] = milliseconds[reads * 99 / 100],
        });
    }

    private static string Name(int job)
    {
        return string.Create(CultureInfo.InvariantCulture, $"billing-invoice-{job:D6}");
    }

    /// <summary>The roll-up of an hour in which a job ran every minute, folded as an owner folds it.</summary>
    private static Rollup Hour(int number)
    {
        var random = new Random(number);
        var start = End.AddHours(-number - 1);
        var history = new JobHistory("any", 0, "billing", 1, sharesSeries: false);
        var no = 0L;
        for (var minute = 0; minute < RunsPerHour; minute++)
        {
            var at = start.AddMinutes(minute);
            var attempt = new Attempt { Key = new AttemptKey("any", at, 1), Shard = 0, DueAt = at, StartedAt = at.AddMilliseconds(random.Next(1, 20)) };
            var result = new AttemptResult
            {
                Outcome = Outcome.Succeeded,
                Final = true,
                DurationMicroseconds = (long)(50_000 * Math.Exp(random.NextDouble() * 3)),
            };
            history.Fold(new ShardEvent(default, ++no, at, new PlanAttempt(attempt)));
            history.Fold(new ShardEvent(default, ++no, at.AddSeconds(5), new FinishAttempt(attempt.Key, result, HadStarted: true)));
        }

        return history.UnsavedRollups("default").Single(static rollup => rollup.Span == RollupSpan.Hour);
    }
}
