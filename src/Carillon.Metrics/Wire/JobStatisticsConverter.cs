using Carillon.Model;

namespace Carillon.Metrics;

/// <summary>The figures of a job.</summary>
internal sealed class JobStatisticsConverter : StateConverter<JobStatistics>
{
    internal static JobStatistics ReadJob(ref StateReader state)
    {
        // Initialisers run in the order they are written, which is the order of WriteJob.
        return new JobStatistics
        {
            JobId = state.Text(),
            JobName = state.Text(),
            Owner = state.OptionalText(),
            Category = state.OptionalText(),
            Counts = state.Counts(),
            Durations = HistogramConverter.ReadValues(ref state),
            Window = new WindowValues(state.Count(int.MaxValue), state.Real(), state.Real(), state.Real(), state.Number(), state.Number()),
            LastOutcome = (Outcome?)state.OptionalNumber(),
            LastFinishedAt = state.OptionalInstant(),
            LastDurationMicroseconds = state.OptionalNumber(),
            LastError = state.OptionalText(),
            LastSuccessAt = state.OptionalInstant(),
            ConsecutiveFailures = state.Number(),
            PlannedThrough = state.OptionalInstant(),
            NextRunAt = state.OptionalInstant(),
        };
    }

    internal static void WriteJob(StateWriter state, JobStatistics job)
    {
        state.Text(job.JobId);
        state.Text(job.JobName);
        state.Optional(job.Owner);
        state.Optional(job.Category);
        state.Counts(job.Counts);
        HistogramConverter.WriteValues(state, job.Durations);
        state.Number(job.Window.Count);
        state.Real(job.Window.P50);
        state.Real(job.Window.P95);
        state.Real(job.Window.P99);
        state.Number(job.Window.Min);
        state.Number(job.Window.Max);
        state.Optional((long?)job.LastOutcome);
        state.Optional(job.LastFinishedAt);
        state.Optional(job.LastDurationMicroseconds);
        state.Optional(job.LastError);
        state.Optional(job.LastSuccessAt);
        state.Number(job.ConsecutiveFailures);
        state.Optional(job.PlannedThrough);
        state.Optional(job.NextRunAt);
    }

    protected override JobStatistics Read(ref StateReader state)
    {
        return ReadJob(ref state);
    }

    protected override void Write(StateWriter state, JobStatistics value)
    {
        WriteJob(state, value);
    }
}
