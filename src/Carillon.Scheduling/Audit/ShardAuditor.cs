using Carillon.Model;
using Carillon.Scheduling.Calendars;
using Carillon.Scheduling.Schedules;

namespace Carillon.Scheduling;

/// <summary>
/// Audits one shard over one window: which of its jobs need a look at their stretches, and what is wrong. Pure.
/// </summary>
internal sealed class ShardAuditor
{
    private const int MaxListed = 100;

    private readonly AuditWindow _window;
    private readonly ShardAudit _before;
    private readonly DateTimeOffset _until;
    private readonly List<(Job Job, MissedOccurrences Occurrences)> _suspects = [];

    /// <summary>Compares every schedule with the executions.</summary>
    /// <param name="window">What is recorded.</param>
    /// <param name="list">The jobs, read after <paramref name="decided"/>.</param>
    /// <param name="decided">How far decisions about each job were recorded before the window was read.</param>
    /// <param name="calendars">The calendars of the node.</param>
    /// <param name="patientSince">An occurrence that is due before this and not decided about is not waited for.</param>
    public ShardAuditor(
        AuditWindow window,
        JobList list,
        IReadOnlyDictionary<string, DateTimeOffset> decided,
        CalendarSet calendars,
        DateTimeOffset patientSince)
    {
        _window = window;
        _before = list.Audit ?? new ShardAudit(window.From, 0, 0, null);
        _until = window.Until;
        var from = _before.Through > window.From ? _before.Through : window.From;
        var jobs = list.Jobs.Where(MissedOccurrences.CanTell)
            .Select(job => (Job: job, Schedule: ScheduleFactory.Restore(job.Definition.Schedule, job.Id, job.CreatedAt, calendars)))
            .ToArray();
        foreach (var (job, schedule) in jobs)
        {
            if (Undecided(job, schedule, decided) is { } next && next < _until && next >= patientSince)
            {
                _until = next;
            }
        }

        foreach (var (job, schedule) in jobs)
        {
            var last = decided.GetValueOrDefault(job.Id);
            var since = MissedOccurrences.InForceSince(job, list.ActivatedAt);
            var occurrences = new MissedOccurrences(job, schedule, since > from ? since : from, last < _until ? last.AddTicks(1) : _until);
            if (occurrences.NeedStretches(window.ExecutedOf(job.Id)))
            {
                _suspects.Add((job, occurrences));
            }
        }
    }

    /// <summary>The jobs whose stretches are needed.</summary>
    public IReadOnlyList<string> Suspects => _suspects.ConvertAll(static suspect => suspect.Job.Id);

    /// <summary>What is to be recorded; null when the shard has got no further.</summary>
    /// <param name="stretches">The stretches of the <see cref="Suspects"/>.</param>
    /// <param name="now">The present.</param>
    public SaveAudit? Conclude(ILookup<string, OccurrenceRun> stretches, DateTimeOffset now)
    {
        if (_until <= _before.Through)
        {
            return null;
        }

        var duplicates = _window.RepeatedJobs.SelectMany(id => _window.Repeated[id])
            .SelectMany(attempts => DuplicateAttempts.Find(attempts, at => at >= _before.Through && at < _until))
            .Select(found => new AuditFinding(
                found.Later.Key.JobId, found.Later.Key.ScheduledAt, AuditFindingKind.Duplicate, found.Later.Key.Attempt, now, found.Evidence))
            .ToArray();
        var missed = _suspects.SelectMany(suspect => suspect.Occurrences.Find(_window.ExecutedOf(suspect.Job.Id), stretches[suspect.Job.Id])
            .Select(at => Missed(suspect.Job, at, now))).ToArray();
        var found = duplicates.Length + missed.Length > 0;
        var after = new ShardAudit(
            _until, _before.Duplicates + duplicates.Length, _before.Missed + missed.Length, found ? now : _before.LastFindingAt);
        return new SaveAudit(after, [.. duplicates.Concat(missed).Take(MaxListed)]);
    }

    /// <summary>The first occurrence that no recorded decision reaches.</summary>
    private static DateTimeOffset? Undecided(Job job, ISchedule schedule, IReadOnlyDictionary<string, DateTimeOffset> decided)
    {
        var last = decided.GetValueOrDefault(job.Id);
        return schedule.Next(last > job.ScheduledFrom ? last : job.ScheduledFrom);
    }

    private static AuditFinding Missed(Job job, DateTimeOffset at, DateTimeOffset now)
    {
        var evidence = $"due by version {job.Version} of the job, whose schedule counts from {job.ScheduledFrom:O}; "
            + "later occurrences are decided about, and no execution and no stretch tells of this one";
        return new AuditFinding(job.Id, at, AuditFindingKind.Missed, 0, now, evidence);
    }
}
