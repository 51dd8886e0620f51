using System.Text.Json;
using Carillon.Model;
using Carillon.Scheduling.Calendars;

namespace Carillon.Web.Tests.Jobs;

public sealed class JobJsonTests
{
    private const string Process =
        """
        {"id":"dump","run":{"type":"process","command":"pg_dump","args":["-Fc","a b"],"directory":"/tmp",
         "env":{"PGPASSWORD":"s3cret","WHERE":"${?HOME}"}}}
        """;

    private const string Full =
        """
        {
          "id": "full", "name": "Full", "owner": "ops", "category": "billing", "tags": ["a", "b"],
          "description": "All of it.", "queue": "slow", "roles": ["gpu"], "priority": -5,
          "schedule": {
            "cron": "0 2 * * *", "time_zone": "Europe/Berlin", "dst": "both", "jitter": "10s",
            "start": "2026-01-01T00:00:00Z", "end": "2027-01-01T00:00:00Z", "exclude": ["holidays"]
          },
          "misfire": "run_all", "grace": "90s", "overlap": "queue", "max_concurrent": 3, "timeout": "5m",
          "total_timeout": "20m", "start_limit": { "starts": 10, "per": "1m" },
          "retry": { "attempts": 4, "strategy": "fixed", "wait_min": "100ms", "wait_max": "2m", "only": ["System.IO.*"], "except": ["timeout"] },
          "guarantee": "at_most_once", "payload": {"deep": [1, {"x": null}]}, "enabled": false,
          "run": {
            "type": "http", "url": "https://example.org/x", "method": "PUT",
            "headers": {"Authorization": "Bearer s3cret", "X-Env": "${?TOKEN}"}, "body": "text", "expect": "200-204,304"
          }
        }
        """;

    private static readonly CalendarSet Calendars = CalendarSet.Create(
        [KeyValuePair.Create("holidays", new CalendarSpec { Holidays = ["12-25"] })], []);

    [Fact]
    public void Recurrence_rule_is_read()
    {
        var job = Read(Full.Replace("\"cron\": \"0 2 * * *\"", "\"rrule\": \"FREQ=DAILY\"", StringComparison.Ordinal));

        Assert.Equal((null, "FREQ=DAILY"), (job.Schedule.Cron, job.Schedule.Rrule));
    }

    [Fact]
    public void Every_member_is_read()
    {
        var job = Read(Full);

        Assert.Equal(("full", "Full", "ops", "billing"), (job.Id, job.Name, job.Owner, job.Category));
        Assert.Equal(["a", "b"], job.Tags);
        Assert.Equal(("All of it.", "slow", -5, false), (job.Description, job.Queue, job.Priority, job.Enabled));
        Assert.Equal(["gpu"], job.Roles);
        Assert.Equal(
            new ScheduleSpec
            {
                Cron = "0 2 * * *",
                TimeZone = "Europe/Berlin",
                Dst = DstPolicy.Both,
                Jitter = TimeSpan.FromSeconds(10),
                Start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
                End = new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero),
                Exclude = ["holidays"],
            },
            job.Schedule);
        Assert.Equal((MisfirePolicy.RunAll, TimeSpan.FromSeconds(90)), (job.Misfire, job.Grace));
        Assert.Equal((OverlapPolicy.Queue, 3), (job.Overlap, job.MaxConcurrent));
        Assert.Equal((TimeSpan.FromMinutes(20), new StartLimit { Starts = 10, Per = TimeSpan.FromMinutes(1) }), (job.TotalTimeout, job.StartLimit));
        Assert.Equal((TimeSpan.FromMinutes(5), Guarantee.AtMostOnce), (job.Timeout, job.Guarantee));
        Assert.Equal(
            new RetryPolicy
            {
                Attempts = 4,
                Strategy = RetryStrategy.Fixed,
                WaitMin = TimeSpan.FromMilliseconds(100),
                WaitMax = TimeSpan.FromMinutes(2),
                Only = ["System.IO.*"],
                Except = ["timeout"],
            },
            job.Retry);
        Assert.Equal("""{"deep": [1, {"x": null}]}""", job.Payload);
        var run = Assert.IsType<HttpRun>(job.Run);
        Assert.Equal(("https://example.org/x", "PUT"), (run.Url, run.Method));
        Assert.Equal(("text", "200-204,304"), (run.Body, run.Expect));
        Assert.Equal("Bearer s3cret", run.Headers["authorization"]);
    }

    [Fact]
    public void Missing_members_get_the_defaults_of_the_definition()
    {
        var job = Read("""{"id":"small","name":null,"run":{"type":"class","class":"ok"}}""");

        Assert.Equal(new JobDefinition { Id = "small", Run = new ClassRun { Class = "ok" } }, job);
    }

    [Fact]
    public void Answer_sent_back_is_the_same_job_secrets_included()
    {
        var job = Some.Job(Read(Full)) with { Version = 7, Pause = new Pause("a reason", "me", Some.Time) };
        var row = new JobRow(job, Some.Statistics("full"), JobStatus.Paused);

        var answer = JsonSerializer.Serialize(new JobDetails(row), WebJson.Options);
        Assert.DoesNotContain("s3cret", answer, StringComparison.Ordinal);
        Assert.Contains("${?TOKEN}", answer, StringComparison.Ordinal);
        var fields = new JsonFields(JsonElement.Parse(answer));
        var again = JobJson.Read(fields, "full", job, AllowProcess.Api, Calendars);

        Assert.Equal(job.Definition.Run, again.Run, SameRun);
        var expected = job.Definition with { Run = again.Run, Tags = again.Tags, Roles = again.Roles };
        Assert.Equal(expected, again);
    }

    [Fact]
    public void Masked_header_is_not_sent_to_another_origin()
    {
        var current = Some.Job(Read(Full));
        var moved = Full
            .Replace("https://example.org/x", "https://evil.example/x", StringComparison.Ordinal)
            .Replace("Bearer s3cret", "***", StringComparison.Ordinal);

        var problem = Assert.Single(Problems(moved, current));

        Assert.StartsWith("run.headers.Authorization is '***'", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'schedul':{}", "schedul is not known; the nearest is 'schedule'")]
    [InlineData("'schedule':{'crom':'* * * * *'}", "schedule.crom is not known; the nearest is 'schedule.cron'")]
    [InlineData("'schedule':{'exclude':['days']}", "schedule.exclude 'days' is not a calendar of this node; allowed: holidays")]
    [InlineData("'schedule':{'every':'1h','every_from':'now'}", "schedule.every_from \"now\" is not allowed: start, end")]
    [InlineData("'grace':5", "grace 5 is not allowed: a duration")]
    [InlineData("'grace':'5'", "grace \"5\" is not allowed: a duration")]
    [InlineData("'misfire':'never'", "misfire \"never\" is not allowed: run_once, run_all, skip")]
    [InlineData("'priority':1.5", "priority 1.5 is not allowed: a whole number")]
    [InlineData("'enabled':'yes'", "enabled \"yes\" is not allowed: true or false")]
    [InlineData("'tags':'a'", "tags \"a\" is not allowed: a list of texts")]
    [InlineData("'tags':[1]", "tags 1 is not allowed: a text")]
    [InlineData("'retry':3", "retry 3 is not allowed: an object")]
    [InlineData("'retry':{'attempts':101}", "retry.attempts 101 is out of range")]
    [InlineData("'name':'\\ud800'", "name holds half of a surrogate pair")]
    public void Problem_names_field_value_and_what_is_allowed(string member, string problem)
    {
        var json = $$"""{"id":"x",{{member.Replace('\'', '"')}},"run":{"type":"class","class":"ok"} }""";

        Assert.StartsWith(problem, Assert.Single(Problems(json)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{'type':'class','class':'ok','clas':1}", "run.clas is not known; the nearest is 'run.class'")]
    [InlineData("{'type':'shell'}", "run.type 'shell' is not allowed: http, process, class")]
    [InlineData("{}", "run.type '' is not allowed: http, process, class")]
    [InlineData("{'type':'process'}", "run.command '' is empty")]
    [InlineData("{'type':'process','command':'x','env':{'A B':'1'}}", "run.env name 'A B' is not allowed")]
    [InlineData("{'type':'process','command':'x','env':{'Carillon_Job':'1'}}", "run.env name 'Carillon_Job' is not allowed")]
    [InlineData("{'type':'process','command':'x','env':{'A':'***'}}", "run.env.A is '***'")]
    [InlineData("{'type':'process','command':'x','args':'-l'}", "run.args \"-l\" is not allowed: a list of texts")]
    [InlineData("null", "run is missing")]
    [InlineData("{'type':'http','url':'ftp://x'}", "run.url 'ftp://x' is not an absolute http or https URL")]
    [InlineData("{'type':'http','url':'http://x','headers':{'A':'1','a':'2'}}", "run.headers.a is there twice")]
    [InlineData("{'type':'http','url':'http://x','headers':{'A':'***'}}", "run.headers.A is '***'")]
    public void Problem_of_what_runs_is_named(string run, string problem)
    {
        var json = $$"""{"id":"x","run":{{run.Replace('\'', '"')}} }""";

        Assert.StartsWith(problem, Assert.Single(Problems(json)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(AllowProcess.Off, "off")]
    [InlineData(AllowProcess.Declared, "declared")]
    public void Process_through_the_api_is_refused_with_the_line_that_allows_it(AllowProcess allowed, string shown)
    {
        var fields = Fields(Process);

        var error = Assert.Throws<RequestException>(
            () => JobJson.Read(fields, pathId: null, current: null, allowed, Calendars));

        Assert.Equal(
            $"run.type 'process' is refused while security.allow-process is '{shown}'; "
            + "add to the configuration: carillon.security.allow-process = api",
            error.Message);
    }

    [Fact]
    public void Process_keeps_its_variables_when_it_is_read_edited_and_sent_back()
    {
        var job = Some.Job(Read(Process));
        var answer = JsonSerializer.Serialize(new JobDocument(job), WebJson.Options);
        Assert.DoesNotContain("s3cret", answer, StringComparison.Ordinal);
        Assert.Contains("${?HOME}", answer, StringComparison.Ordinal);

        var again = JobJson.Read(Fields(answer), "dump", job, AllowProcess.Api, Calendars);

        var run = Assert.IsType<ProcessRun>(again.Run);
        Assert.Equal(("pg_dump", "/tmp"), (run.Command, run.Directory));
        Assert.Equal(["-Fc", "a b"], run.Args);
        Assert.Equal("s3cret", run.Env["PGPASSWORD"]);
        Assert.Equal("${?HOME}", run.Env["WHERE"]);
    }

    [Fact]
    public void Masked_variable_is_not_handed_to_another_program()
    {
        var current = Some.Job(Read(Process));
        var changed = Process.Replace("pg_dump", "sh", StringComparison.Ordinal).Replace("s3cret", "***", StringComparison.Ordinal);

        Assert.StartsWith("run.env.PGPASSWORD is '***'", Assert.Single(Problems(changed, current)), StringComparison.Ordinal);
    }

    [Fact]
    public void Id_is_required()
    {
        Assert.Equal("id is missing", Assert.Single(Problems("""{"run":{"type":"class","class":"ok"}}""")));
    }

    [Fact]
    public void Every_problem_is_told_at_once()
    {
        const string Body = """{"id":"no id","nmae":"x","priority":1000,"timeout":"soon","run":{"type":"http"}}""";

        Assert.Equal(5, Problems(Body).Count);
    }

    [Fact]
    public void Problems_are_bounded()
    {
        var many = string.Join(",", Enumerable.Range(0, 5_000).Select(static i => $"\"x{i}\":1"));

        Assert.Equal(100, Problems($$"""{"id":"x","run":{"type":"class","class":"ok"},{{many}}}""").Count);
    }

    [Fact]
    public void Id_in_the_body_must_be_the_one_of_the_path()
    {
        const string Body = """{"id":"a","run":{"type":"class","class":"ok"}}""";
        var error = Assert.Throws<RequestException>(
            static () => JobJson.Read(Fields(Body), "b", current: null, AllowProcess.Api, Calendars));

        Assert.Contains("id 'a' is not the one of the path, 'b'", error.Message, StringComparison.Ordinal);
    }

    private static bool SameRun(RunSpec expected, RunSpec actual)
    {
        return expected is HttpRun one && actual is HttpRun other
            && one.Headers.ToHashSet().SetEquals(other.Headers)
            && other with { Headers = one.Headers } == one;
    }

    private static JobDefinition Read(string json)
    {
        return JobJson.Read(Fields(json), pathId: null, current: null, AllowProcess.Api, Calendars);
    }

    private static IReadOnlyList<string> Problems(string json, Job? current = null)
    {
        var error = Assert.Throws<RequestException>(
            () => JobJson.Read(Fields(json), pathId: null, current, AllowProcess.Api, Calendars));
        Assert.Equal(400, error.Status);
        return error.Errors ?? [];
    }

    private static JsonFields Fields(string json)
    {
        return new JsonFields(JsonElement.Parse(json));
    }
}
