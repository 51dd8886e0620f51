using Carillon.Model;

namespace Carillon.Scheduling.Tests.Client;

public sealed class JobValidatorTests
{
    private static readonly HttpRun Http = new() { Url = "https://example.com/run" };

    private static readonly JobDefinition Valid = new() { Id = "nightly-report", Run = new ClassRun { Class = "NightlyReport" } };

    public static TheoryData<string, Func<JobDefinition, JobDefinition>> Allowed => new()
    {
        { "shortest id", d => d with { Id = "a" } },
        { "longest id with all kinds of characters", d => d with { Id = "Az09_.:-" + new string('z', 192) } },
        { "three dots", d => d with { Id = "..." } },
        { "bounds below", d => d with { Priority = -100, MaxConcurrent = 1, Grace = TimeSpan.Zero, Timeout = TimeSpan.FromMilliseconds(1) } },
        { "bounds above", d => d with { Priority = 100, MaxConcurrent = 10_000, Grace = TimeSpan.FromDays(1), Timeout = TimeSpan.FromDays(30) } },
        { "most retries", d => d with { Retry = new RetryPolicy { Attempts = 100, WaitMin = TimeSpan.FromDays(7), WaitMax = TimeSpan.FromDays(7) } } },
        { "texts of any language", d => d with { Name = "Glockenspiel \U0001F514", Description = new string('x', 4_000) } },
        { "payload", d => d with { Payload = """{"day":1}""" } },
        { "http", d => d with { Run = Http with { Method = "PUT", Headers = Header("X-Key", "${?KEY}"), Expect = "200-299,304" } } },
        { "start limit", d => d with { StartLimit = new StartLimit { Starts = 1_000, Per = TimeSpan.FromDays(1) } } },
        { "error types", d => d with { Retry = new RetryPolicy { Only = ["*", "System.IO.*"], Except = ["timeout"] } } },
        { "no schedule", d => d with { Schedule = new ScheduleSpec() } },
    };

    public static TheoryData<string, Func<JobDefinition, JobDefinition>> Refused => new()
    {
        { "total_timeout 0s is out of range", d => d with { TotalTimeout = TimeSpan.Zero } },
        { "start_limit.starts 0 is out of range: 1 to 1000", d => d with { StartLimit = new StartLimit { Per = TimeSpan.FromSeconds(1) } } },
        { "start_limit.per", d => d with { StartLimit = new StartLimit { Starts = 1, Per = TimeSpan.FromDays(2) } } },
        { "retry.only 'a*b' is not an error type", d => d with { Retry = new RetryPolicy { Only = ["a*b"] } } },
        { "retry.except '' is not an error type", d => d with { Retry = new RetryPolicy { Except = [""] } } },
        { "id ''", d => d with { Id = "" } },
        { "id '.'", d => d with { Id = "." } },
        { "id '..'", d => d with { Id = ".." } },
        { "id 'a/b'", d => d with { Id = "a/b" } },
        { "id 'ä'", d => d with { Id = "ä" } },
        { "id 'zzz", d => d with { Id = new string('z', 201) } },
        { "name has 201 characters: at most 200", d => d with { Name = new string('n', 201) } },
        { "name 'a\uFFFD'", d => d with { Name = "a\0" } },
        { "owner", d => d with { Owner = "\uD83D" } },
        { "category", d => d with { Category = new string('c', 201) } },
        { "description", d => d with { Description = new string('d', 4_001) } },
        { "queue ''", d => d with { Queue = "" } },
        { "tags has 51 items: at most 50", d => d with { Tags = [.. Enumerable.Repeat("t", 51)] } },
        { "roles", d => d with { Roles = ["\0"] } },
        { "payload is not JSON", d => d with { Payload = "{day:1}" } },
        { "payload has", d => d with { Payload = $"\"{new string('p', 64 * 1024)}\"" } },
        { "priority 101 is out of range: -100 to 100", d => d with { Priority = 101 } },
        { "max_concurrent 0 is out of range: 1 to 10000", d => d with { MaxConcurrent = 0 } },
        { "grace", d => d with { Grace = TimeSpan.FromSeconds(-1) } },
        { "timeout", d => d with { Timeout = TimeSpan.Zero } },
        { "retry.attempts 101", d => d with { Retry = new RetryPolicy { Attempts = 101 } } },
        { "retry.wait_max", d => d with { Retry = new RetryPolicy { WaitMin = TimeSpan.FromMinutes(2), WaitMax = TimeSpan.FromMinutes(1) } } },
        { "run.class ''", d => d with { Run = new ClassRun { Class = "" } } },
        { "run.url 'ftp://example.com'", d => d with { Run = Http with { Url = "ftp://example.com" } } },
        { "run.url '/relative'", d => d with { Run = Http with { Url = "/relative" } } },
        { "run.method 'BREW'", d => d with { Run = Http with { Method = "BREW" } } },
        { "run.expect 'ok'", d => d with { Run = Http with { Expect = "ok" } } },
        { "run.headers name 'a b'", d => d with { Run = Http with { Headers = Header("a b", "1") } } },
        { "run.headers.X-Key holds a line break", d => d with { Run = Http with { Headers = Header("X-Key", "1\r\nX-Other: 2") } } },
        { "schedule.cron '61 * * * *'", d => d with { Schedule = new ScheduleSpec { Cron = "61 * * * *" } } },
    };

    [Theory]
    [MemberData(nameof(Allowed), DisableDiscoveryEnumeration = true)]
    public void Definition_within_the_bounds_is_valid(string what, Func<JobDefinition, JobDefinition> change)
    {
        Assert.True(JobValidator.Validate(change(Valid)) is [], what);
    }

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public void Definition_out_of_bounds_has_one_problem_that_names_field_and_value(string problem, Func<JobDefinition, JobDefinition> change)
    {
        Assert.StartsWith(problem, Assert.Single(JobValidator.Validate(change(Valid))), StringComparison.Ordinal);
    }

    [Fact]
    public void All_problems_are_told_at_once()
    {
        var problems = JobValidator.Validate(Valid with { Id = "a b", Priority = 1_000, Payload = "{", Run = Http with { Url = "x", Method = "y" } });

        Assert.Equal("id payload priority run.url run.method", string.Join(' ', problems.Select(p => p.Split(' ')[0])));
    }

    [Theory]
    [InlineData(null, null, null)]
    [InlineData("[1]", "key", null)]
    [InlineData("[1", null, "payload is not JSON")]
    [InlineData(null, "", "idempotency_key ''")]
    [InlineData("[1", "", "payload is not JSON")]
    public void Trigger_is_checked_as_the_definition_is(string? payload, string? key, string? problem)
    {
        var found = JobValidator.ValidateTrigger(payload, key);

        Assert.Equal(problem is null, found is null);
        Assert.StartsWith(problem ?? string.Empty, found ?? string.Empty, StringComparison.Ordinal);
    }

    [Fact]
    public void Trigger_key_of_more_than_200_characters_is_refused()
    {
        Assert.Null(JobValidator.ValidateTrigger(payload: null, new string('k', 200)));
        Assert.NotNull(JobValidator.ValidateTrigger(payload: null, new string('k', 201)));
    }

    private static Dictionary<string, string> Header(string name, string value)
    {
        return new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { [name] = value };
    }
}
