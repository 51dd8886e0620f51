using Carillon.Model;

namespace Carillon.Metrics;

/// <summary>A shard's share of a page: thousands of jobs, several times a minute.</summary>
internal sealed class HistoryPartConverter : StateConverter<ShardHistoryPart>
{
    protected override ShardHistoryPart Read(ref StateReader state)
    {
        // Initialisers run in the order they are written, which is the order of Write.
        return new ShardHistoryPart
        {
            Term = new ShardTerm(state.Count(int.MaxValue), state.Number()),
            Generation = state.Number(),
            Jobs = ReadJobs(ref state),
            Sharing = ReadJobs(ref state),
            Shared = new SharedFigures(state.Count(int.MaxValue), state.Counts(), HistogramConverter.ReadValues(ref state)),
            Retired = state.Counts(),
            RetiredDurations = HistogramConverter.ReadValues(ref state),
            StartLags = ReadLags(ref state),
        };
    }

    protected override void Write(StateWriter state, ShardHistoryPart value)
    {
        state.Number(value.Term.Shard);
        state.Number(value.Term.Epoch);
        state.Number(value.Generation);
        WriteJobs(state, value.Jobs);
        WriteJobs(state, value.Sharing);
        state.Number(value.Shared.Jobs);
        state.Counts(value.Shared.Counts);
        HistogramConverter.WriteValues(state, value.Shared.Durations);
        state.Counts(value.Retired);
        HistogramConverter.WriteValues(state, value.RetiredDurations);
        state.Number(value.StartLags.Count);
        foreach (var (category, cause, lag) in value.StartLags)
        {
            state.Text(category);
            state.Number((long)cause);
            HistogramConverter.WriteValues(state, lag);
        }
    }

    private static List<JobStatistics> ReadJobs(ref StateReader state)
    {
        var jobs = new List<JobStatistics>();
        for (var left = state.Items(); left > 0; left--)
        {
            jobs.Add(JobStatisticsConverter.ReadJob(ref state));
        }

        return jobs;
    }

    private static void WriteJobs(StateWriter state, IReadOnlyList<JobStatistics> jobs)
    {
        state.Number(jobs.Count);
        foreach (var job in jobs)
        {
            JobStatisticsConverter.WriteJob(state, job);
        }
    }

    private static List<StartLag> ReadLags(ref StateReader state)
    {
        var lags = new List<StartLag>();
        for (var left = state.Items(); left > 0; left--)
        {
            lags.Add(new StartLag(state.Text(), (WaitCause)state.Number(), HistogramConverter.ReadValues(ref state)));
        }

        return lags;
    }
}
