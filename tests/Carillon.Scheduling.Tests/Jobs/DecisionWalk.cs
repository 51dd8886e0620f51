using Carillon.Model;

namespace Carillon.Scheduling.Tests.Jobs;

/// <summary>What the planner decides, found the slow way: each occurrence by itself, with a list of all that are due.</summary>
internal sealed class DecisionWalk(Job job, DateTimeOffset now, BusyPeriod busy, Pause? schedulerPause)
{
    public PlanDecision From(DateTimeOffset plannedThrough)
    {
        var due = Due(plannedThrough).ToArray();
        var stretches = new List<OccurrenceRun>();
        for (var i = 0; i < due.Length; i++)
        {
            var mayWait = stretches.Exists(static s => s.Reason is "backlog") ? OccurrencePlanner.KeptBacklog : OccurrencePlanner.MaxBacklog;
            if (Judge(due[i], due.Length - 1 - i, mayWait) is not var (outcome, reason))
            {
                return new PlanDecision(stretches, i == 0 ? plannedThrough : due[i - 1], busy.HasRoom(job.Definition) ? due[i] : null, due[i]);
            }

            if (stretches.Count > 0 && stretches[^1].Outcome == outcome && stretches[^1].Reason == reason)
            {
                stretches[^1] = stretches[^1] with { To = due[i], Count = stretches[^1].Count + 1 };
            }
            else
            {
                stretches.Add(new OccurrenceRun(job.Id, due[i], due[i], 1, outcome, reason));
            }
        }

        return new PlanDecision(stretches, due.Length == 0 ? plannedThrough : due[^1], Run: null, job.Schedule().Next(now));
    }

    private IEnumerable<DateTimeOffset> Due(DateTimeOffset after)
    {
        for (var next = job.Schedule().Next(after); next <= now; next = job.Schedule().Next(next.Value))
        {
            yield return next.Value;
        }
    }

    private (Outcome Outcome, string Reason)? Judge(DateTimeOffset occurrence, int later, int mayWait)
    {
        var isLate = now - occurrence > job.Definition.Grace;
        (bool Holds, Outcome Outcome, string Reason)[] rules =
        [
            (!job.Definition.Enabled, Outcome.Skipped, "disabled"),
            (IsPaused(job.Pause, occurrence) || IsPaused(schedulerPause, occurrence), Outcome.Skipped, "paused"),
            (Is(OverlapPolicy.Skip) && WasBusy(occurrence), Outcome.Skipped, "overlap"),
            (isLate && (Is(MisfirePolicy.Skip) || (Is(MisfirePolicy.RunOnce) && later > 0)), Outcome.Misfired, "grace"),
            (Is(OverlapPolicy.CancelPrevious) && (later > 0 || busy.NewestDueAt >= occurrence), Outcome.Skipped, "replaced"),
            (later >= mayWait, isLate ? Outcome.Misfired : Outcome.Skipped, "backlog"),
        ];
        var first = Array.Find(rules, r => r.Holds);
        return first.Holds ? (first.Outcome, first.Reason) : null;
    }

    private bool Is(OverlapPolicy policy)
    {
        return job.Definition.Overlap == policy;
    }

    private bool Is(MisfirePolicy policy)
    {
        return job.Definition.Misfire == policy;
    }

    private bool WasBusy(DateTimeOffset occurrence)
    {
        return busy.OpenSince <= occurrence || busy.Past!.Any(p => p.From <= occurrence && occurrence < p.To);
    }

    private bool IsPaused(Pause? pause, DateTimeOffset occurrence)
    {
        return pause is not null && !(occurrence >= pause.Until) && (occurrence >= pause.At || !(pause.Until <= now));
    }
}
