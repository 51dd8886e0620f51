using Carillon.Model;

namespace Carillon.Metrics.Tests;

/// <summary>
/// What the rows of a shard say about one minute or hour of a job, computed from their last form and without any code
/// of the product but its types.
/// </summary>
internal sealed record RowFigures
{
    public long Planned { get; init; }

    public OutcomeCounts Outcomes { get; init; }

    public OutcomeCounts Ended { get; init; }

    public long Retries { get; init; }

    public string Durations { get; init; } = string.Empty;

    public string Lags { get; init; } = string.Empty;

    public static RowFigures Of(PeriodFigures figures)
    {
        var lags = Enum.GetValues<WaitCause>().Select(cause => (cause, figures.Lag(cause))).Where(static lag => lag.Item2 is not null);
        return new RowFigures
        {
            Planned = figures.Planned,
            Outcomes = figures.Outcomes,
            Ended = figures.Ended,
            Retries = figures.Retries,
            Durations = Summary(figures.Durations.Count, figures.Durations.Sum, figures.Durations.Min, figures.Durations.Max),
            Lags = string.Join("; ", lags.Select(static lag =>
                $"{lag.cause} {Summary(lag.Item2!.Count, lag.Item2.Sum, lag.Item2.Min, lag.Item2.Max)}")),
        };
    }

    public static Dictionary<(string JobId, RollupSpan Span, DateTimeOffset Start), RowFigures> Of(IEnumerable<ShardEvent> facts)
    {
        var rows = new Rows();
        foreach (var fact in facts)
        {
            rows.Write(fact);
        }

        return rows.Figures();
    }

    private static string Summary(long count, long sum, long min, long max)
    {
        return $"{count}/{sum}/{min}/{max}";
    }

    private sealed class Rows
    {
        private readonly Dictionary<AttemptKey, (ShardEvent? Finish, (DateTimeOffset At, WaitCause Cause, long Lag)? Start)> _attempts = [];
        private readonly Dictionary<(string JobId, DateTimeOffset From), OccurrenceRun> _runs = [];
        private readonly Dictionary<(string, RollupSpan, DateTimeOffset), Cell> _cells = [];

        public void Write(ShardEvent fact)
        {
            switch (fact.Write)
            {
                case PlanAttempt { Attempt: var a }:
                    _attempts[a.Key] = (null, a.StartedAt is { } begun ? (begun, a.WaitCause, Lag(a.DueAt, begun)) : null);
                    break;
                case StartAttempt s:
                    _attempts[s.Key] = (null, (s.StartedAt, s.WaitCause, Lag(s.DueAt, s.StartedAt)));
                    break;
                case FinishAttempt f:
                    _attempts[f.Key] = (fact, _attempts[f.Key].Start);
                    break;
                case SaveOccurrenceRun { Run: var run }:
                    _runs[(run.JobId, run.From)] = run;
                    break;
            }
        }

        public Dictionary<(string JobId, RollupSpan Span, DateTimeOffset Start), RowFigures> Figures()
        {
            foreach (var (key, (finish, start)) in _attempts)
            {
                if (key.Attempt == 1)
                {
                    At(key.JobId, key.ScheduledAt, static cell => cell.Planned++);
                }

                if (start is { } s)
                {
                    At(key.JobId, s.At, cell => cell.Starts.Add((key.Attempt, s.Cause, s.Lag)));
                }

                if (finish is { } end)
                {
                    var result = ((FinishAttempt)end.Write).Result;
                    At(key.JobId, end.At, cell => cell.Finish(result, start is not null));
                    if (result.Final)
                    {
                        At(key.JobId, key.ScheduledAt, cell => cell.Outcomes.Add(result.Outcome));
                    }
                }
            }

            foreach (var run in _runs.Values)
            {
                At(run.JobId, run.From, cell => cell.NotRun(run));
            }

            return _cells.ToDictionary(static cell => cell.Key, static cell => cell.Value.Figures());
        }

        private static long Lag(DateTimeOffset due, DateTimeOffset started)
        {
            return Math.Max(0, (started - due).Ticks / TimeSpan.TicksPerMicrosecond);
        }

        private void At(string jobId, DateTimeOffset time, Action<Cell> count)
        {
            var minute = new DateTimeOffset(time.Year, time.Month, time.Day, time.Hour, time.Minute, 0, TimeSpan.Zero);
            foreach (var key in ((string, RollupSpan, DateTimeOffset)[])
                [(jobId, RollupSpan.Minute, minute), (jobId, RollupSpan.Hour, minute.AddMinutes(-minute.Minute))])
            {
                if (!_cells.TryGetValue(key, out var cell))
                {
                    _cells.Add(key, cell = new Cell());
                }

                count(cell);
            }
        }
    }

    private sealed class Cell
    {
        private readonly List<Outcome> _ended = [];
        private readonly List<long> _durations = [];

        public long Planned { get; set; }

        public List<Outcome> Outcomes { get; } = [];

        public List<(int Attempt, WaitCause Cause, long Lag)> Starts { get; } = [];

        public void Finish(AttemptResult result, bool ran)
        {
            if (ran && result.DurationMicroseconds is { } duration)
            {
                _durations.Add(duration);
            }

            if (result.Final)
            {
                _ended.Add(result.Outcome);
            }
        }

        public void NotRun(OccurrenceRun run)
        {
            Planned += run.Count;
            Outcomes.AddRange(Enumerable.Repeat(run.Outcome, (int)run.Count));
            _ended.AddRange(Enumerable.Repeat(run.Outcome, (int)run.Count));
        }

        public RowFigures Figures()
        {
            var lags = Starts.GroupBy(static start => start.Cause).OrderBy(static cause => cause.Key)
                .Select(static cause => $"{cause.Key} {Summary([.. cause.Select(static start => start.Lag)])}");
            return new RowFigures
            {
                Planned = Planned,
                Outcomes = Count(Outcomes),
                Ended = Count(_ended),
                Retries = Starts.Count(static start => start.Attempt > 1),
                Durations = Summary(_durations),
                Lags = string.Join("; ", lags),
            };
        }

        private static OutcomeCounts Count(List<Outcome> outcomes)
        {
            return new OutcomeCounts
            {
                Succeeded = outcomes.Count(static outcome => outcome == Outcome.Succeeded),
                Failed = outcomes.Count(static outcome => outcome == Outcome.Failed),
                TimedOut = outcomes.Count(static outcome => outcome == Outcome.TimedOut),
                Cancelled = outcomes.Count(static outcome => outcome == Outcome.Cancelled),
                Skipped = outcomes.Count(static outcome => outcome == Outcome.Skipped),
                Misfired = outcomes.Count(static outcome => outcome == Outcome.Misfired),
                Lost = outcomes.Count(static outcome => outcome == Outcome.Lost),
            };
        }

        private static string Summary(List<long> values)
        {
            return RowFigures.Summary(values.Count, values.Sum(), values.DefaultIfEmpty().Min(), values.DefaultIfEmpty().Max());
        }
    }
}
