using Carillon.Model;

namespace Carillon.Hosting;

/// <summary>Says when a job runs, and what happens when it cannot. Without a schedule it runs only when triggered.</summary>
public sealed class JobBuilder
{
    private JobDefinition _job;

    internal JobBuilder(string id, RunSpec run)
    {
        _job = new JobDefinition { Id = id, Run = run };
    }

    /// <summary>Runs by five crontab fields, or six with seconds first.</summary>
    /// <param name="expression">The fields.</param>
    /// <param name="timeZone">IANA id. Default: UTC.</param>
    public JobBuilder Cron(string expression, string timeZone = "UTC")
    {
        return With(_job with { Schedule = _job.Schedule with { Cron = expression, TimeZone = timeZone } });
    }

    /// <summary>Runs by a recurrence rule of RFC 5545, <c>FREQ=WEEKLY;BYDAY=MO,TH;BYHOUR=9;BYMINUTE=0;BYSECOND=0</c>.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="start">Its DTSTART. Default: the creation of the job.</param>
    /// <param name="timeZone">IANA id. Default: UTC.</param>
    public JobBuilder RRule(string rule, DateTimeOffset? start = null, string timeZone = "UTC")
    {
        return With(_job with { Schedule = _job.Schedule with { Rrule = rule, Start = start, TimeZone = timeZone } });
    }

    /// <summary>Runs every so often, 1 ms to 400 days.</summary>
    /// <param name="interval">The time between two runs.</param>
    /// <param name="from">Counted from the occurrence before (a fixed rate) or from the end of the last run.</param>
    public JobBuilder Every(TimeSpan interval, EveryFrom from = EveryFrom.Start)
    {
        return With(_job with { Schedule = _job.Schedule with { Every = interval, EveryFrom = from } });
    }

    /// <summary>Runs once.</summary>
    public JobBuilder At(DateTimeOffset instant)
    {
        return With(_job with { Schedule = _job.Schedule with { At = instant } });
    }

    /// <summary>Runs by a whole schedule, for what the other methods do not say: policy, bounds, jitter.</summary>
    public JobBuilder Schedule(ScheduleSpec schedule)
    {
        return With(_job with { Schedule = schedule });
    }

    /// <summary>Does not run inside these calendars of <c>carillon.calendars</c>.</summary>
    public JobBuilder Exclude(params IReadOnlyList<string> calendars)
    {
        return With(_job with { Schedule = _job.Schedule with { Exclude = calendars } });
    }

    /// <summary>What people call it.</summary>
    public JobBuilder Name(string name)
    {
        return With(_job with { Name = name });
    }

    /// <summary>Who answers for it.</summary>
    public JobBuilder Owner(string owner)
    {
        return With(_job with { Owner = owner });
    }

    /// <summary>The group it belongs to.</summary>
    public JobBuilder Category(string category)
    {
        return With(_job with { Category = category });
    }

    /// <summary>The queue whose slots it takes.</summary>
    public JobBuilder Queue(string queue)
    {
        return With(_job with { Queue = queue });
    }

    /// <summary>How often, and after what waits, a failed attempt is followed by another.</summary>
    public JobBuilder Retry(int attempts, Backoff? backoff = null)
    {
        var waits = backoff ?? Backoff.Exponential(TimeSpan.FromSeconds(1));
        return With(_job with
        {
            Retry = waits.Policy with { Attempts = attempts, Only = _job.Retry.Only, Except = _job.Retry.Except },
        });
    }

    /// <summary>Which errors are worth another attempt. Names are those of exception types, with a trailing <c>*</c> for all that begin so.</summary>
    /// <param name="only">These alone; none for all.</param>
    /// <param name="except">Not these.</param>
    public JobBuilder RetryErrors(IEnumerable<string>? only = null, IEnumerable<string>? except = null)
    {
        return With(_job with { Retry = _job.Retry with { Only = [.. only ?? []], Except = [.. except ?? []] } });
    }

    /// <summary>How long one attempt may run.</summary>
    public JobBuilder Timeout(TimeSpan timeout)
    {
        return With(_job with { Timeout = timeout });
    }

    /// <summary>How long an execution may take from its first start to its outcome, retries included.</summary>
    public JobBuilder TotalTimeout(TimeSpan timeout)
    {
        return With(_job with { TotalTimeout = timeout });
    }

    /// <summary>At most so many starts in any stretch of time of this length.</summary>
    public JobBuilder StartLimit(int starts, TimeSpan per)
    {
        return With(_job with { StartLimit = new StartLimit { Starts = starts, Per = per } });
    }

    /// <summary>What happens to an occurrence that falls due while another is open.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="maxConcurrent">With <see cref="OverlapPolicy.Allow"/>: the most open at once.</param>
    public JobBuilder Overlap(OverlapPolicy policy, int maxConcurrent = 32)
    {
        return With(_job with { Overlap = policy, MaxConcurrent = maxConcurrent });
    }

    /// <summary>What happens to occurrences that could not start within their grace.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="grace">How late is still on time. Default: 60 s.</param>
    public JobBuilder Misfire(MisfirePolicy policy, TimeSpan? grace = null)
    {
        return With(_job with { Misfire = policy, Grace = grace ?? _job.Grace });
    }

    /// <summary>What is promised when its node dies.</summary>
    public JobBuilder Guarantee(Guarantee guarantee)
    {
        return With(_job with { Guarantee = guarantee });
    }

    /// <summary>What happens to running code when its node cannot renew its lease.</summary>
    public JobBuilder OnLeaseLoss(LeaseLossPolicy policy)
    {
        return With(_job with { OnLeaseLoss = policy });
    }

    /// <summary>JSON handed to every run.</summary>
    public JobBuilder Payload(string json)
    {
        return With(_job with { Payload = json });
    }

    internal JobDefinition Build()
    {
        return _job;
    }

    private JobBuilder With(JobDefinition job)
    {
        _job = job;
        return this;
    }
}
