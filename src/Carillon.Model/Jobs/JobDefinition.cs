namespace Carillon.Model;

/// <summary>
/// What a user declares about a job: when it runs, what runs, and what happens when it cannot. Immutable; the names
/// and defaults are those of the configuration keys under <c>jobs</c>.
/// </summary>
public sealed record JobDefinition
{
    /// <summary>The longest job id, in characters.</summary>
    public const int MaxIdLength = 200;

    /// <summary>Stands on pages of metrics for all jobs that share series. No job has this id.</summary>
    public const string SharedId = "_other";

    /// <summary>1 to 200 characters of <c>[A-Za-z0-9_.:-]</c>, not <c>.</c> or <c>..</c>. Required.</summary>
    public required string Id { get; init; }

    /// <summary>What people call it. Default: the id.</summary>
    public string? Name { get; init; }

    /// <summary>Who answers for it. Default: none, shown as <c>unknown</c> in labels.</summary>
    public string? Owner { get; init; }

    /// <summary>The group it belongs to. Default: none, shown as <c>unknown</c> in labels.</summary>
    public string? Category { get; init; }

    /// <summary>Free words to search by. Default: none.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>One or two sentences for people. Default: none.</summary>
    public string? Description { get; init; }

    /// <summary>The queue whose slots its runs take. Default: <c>default</c>.</summary>
    public string Queue { get; init; } = "default";

    /// <summary>A node must have all of these to run it. Default: none, any node.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>Higher goes first among runs that wait for a slot. Default: 0; −100 to 100.</summary>
    public int Priority { get; init; }

    /// <summary>When it runs. Default: only when triggered.</summary>
    public ScheduleSpec Schedule { get; init; } = new();

    /// <summary>What to do with occurrences later than <see cref="Grace"/>. Default: <see cref="MisfirePolicy.RunOnce"/>.</summary>
    public MisfirePolicy Misfire { get; init; } = MisfirePolicy.RunOnce;

    /// <summary>How late an occurrence may start and still be on time. Default: 60 s; 0 to 1 day.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>What to do with an occurrence that falls due while another one is open. Default: <see cref="OverlapPolicy.Skip"/>.</summary>
    public OverlapPolicy Overlap { get; init; } = OverlapPolicy.Skip;

    /// <summary>With <see cref="OverlapPolicy.Allow"/>: the most executions open at once. Default: 32; 1 to 10,000.</summary>
    public int MaxConcurrent { get; init; } = 32;

    /// <summary>How long one attempt may run before it is cancelled as timed out; 1 ms to 30 days. Default: none, for HTTP jobs 100 s.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>
    /// How long an execution may take from its first start to its outcome, retries and their waits included; 1 ms to
    /// 30 days. What runs then is cancelled, what waits ends, both as timed out. Default: no bound.
    /// </summary>
    public TimeSpan? TotalTimeout { get; init; }

    /// <summary>How often its attempts may start. Default: no bound.</summary>
    public StartLimit? StartLimit { get; init; }

    /// <summary>What happens to an attempt after a failure. Default: no retry.</summary>
    public RetryPolicy Retry { get; init; } = new();

    /// <summary>What happens to an attempt whose node died. Default: <see cref="Guarantee.AtLeastOnce"/>.</summary>
    public Guarantee Guarantee { get; init; } = Guarantee.AtLeastOnce;

    /// <summary>What happens to running code when its node cannot renew its lease. Default: <see cref="LeaseLossPolicy.Continue"/>.</summary>
    public LeaseLossPolicy OnLeaseLoss { get; init; } = LeaseLossPolicy.Continue;

    /// <summary>JSON handed to every run, unless a trigger brings its own. Default: none; at most 64 KiB.</summary>
    public string? Payload { get; init; }

    /// <summary>Whether its schedule runs. Default: true. Occurrences of a disabled job are skipped (disabled).</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>What runs. Required.</summary>
    public required RunSpec Run { get; init; }

    /// <summary>
    /// How many of its newest ended attempts hold every start that its <see cref="StartLimit"/> counts: those that end
    /// inside its stretch, but began before, are as many as run at once. Without a limit the newest, where the schedule
    /// follows its end, and else none.
    /// </summary>
    public int StartsToKnow => StartLimit is { } limit ? limit.Starts + ConcurrencyLimit : Schedule.FollowsEnd ? 1 : 0;

    /// <summary><see cref="Name"/>, or the id where none is given.</summary>
    public string DisplayName => Name ?? Id;

    /// <summary>How many executions may be open at once: 1, or <see cref="MaxConcurrent"/> where they may overlap.</summary>
    public int ConcurrencyLimit => Overlap == OverlapPolicy.Allow ? MaxConcurrent : 1;
}
