using System.Globalization;
using System.Text;
using Carillon.EndToEnd.Tests.Api;
using Carillon.EndToEnd.Tests.Metrics;
using Carillon.EndToEnd.Tests.Servers;

namespace Carillon.EndToEnd.Tests.Chaos;

/// <summary>The comparison finds each single thing that does not agree.</summary>
public sealed class ComparisonTests
{
    private static readonly DateTimeOffset Start = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private static readonly ChaosJob[] Jobs =
    [
        new("tick", string.Empty, Start, Second),
        new("most", string.Empty, Start, Second) { IsAtMostOnce = true },
        new(ChaosLoad.Triggered, string.Empty, Start, Interval: null),
    ];

    private static readonly Dictionary<string, (Func<ChaosRecords, ChaosRecords> Plant, string Found)> Mistakes = new(StringComparer.Ordinal)
    {
        ["a request without a row"] = (r => r with { Executions = [.. r.Executions.Skip(1)] }, "ran without a row"),
        ["a request that came twice"] = (r => r with { Requests = [.. r.Requests, Request(r.Executions[0], attempt: 1, token: 99)] }, "ran twice"),
        ["a success without a request"] = (r => r with { Requests = [.. r.Requests.Skip(1)] }, "succeeded without a request"),
        ["a success whose work has failed"] = (r => r with { Requests = [Request(r.Executions[0], attempt: 1, token: 1, status: 500), .. r.Requests.Skip(1)] }, "another outcome"),
        ["a success whose work was interrupted"] = (r => r with { Requests = [Request(r.Executions[0], attempt: 1, token: 1, status: 0), .. r.Requests.Skip(1)] }, "were interrupted"),
        ["a token that is not the recorded one"] = (r => r with { Requests = [Request(r.Executions[0], attempt: 1, token: 7), .. r.Requests.Skip(1)] }, "another fencing token"),
        ["a token that falls"] = (r => r with { Requests = [Request(r.Executions[0], attempt: 1, token: 2), Request(r.Executions[1], attempt: 1, token: 2), .. r.Requests.Skip(2)] }, "came after a larger token"),
        ["a success that a larger token has overtaken"] = (r => r with { Requests = [Request(r.Executions[0], attempt: 1, token: 1, order: 9), .. r.Requests.Skip(1)] }, "came after a larger token"),
        ["an execution that is open"] = (r => r with { Executions = [r.Executions[0] with { Status = "running" }, .. r.Executions.Skip(1)] }, "have not ended"),
        ["an attempt that is missing"] = (r => r with { Executions = Without(r.Executions, 2, attempt: 1) }, "not numbered one after the other"),
        ["at most once, run again"] = (r => r with { Requests = [.. r.Requests, Request(r.Executions[3], attempt: 1, token: 8), Request(r.Executions[3], attempt: 2, token: 9)] }, "ran more than once"),
        ["at least once, lost"] = (r => r with { Executions = [.. r.Executions.Select(static e => e with { Status = "lost" })] }, "were lost and not run again"),
        ["an occurrence without a record"] = (r => r with { Stretches = [] }, "of tick were missed"),
        ["an occurrence with two records"] = (r => r with { Stretches = [r.Stretches[0] with { From = Start + Second, Count = 2 }] }, "of tick were decided about twice"),
        ["an occurrence that was never due"] = (r => r with { Executions = [.. r.Executions, Execution("tick", Start.AddMilliseconds(1), "succeeded")] }, "of tick were never due"),
        ["a stretch that miscounts"] = (r => r with { Stretches = [r.Stretches[0] with { Count = 5 }] }, "count what they do not hold"),
        ["a trigger that is forgotten"] = (r => r with { Acknowledged = [Guid.NewGuid()] }, "acknowledged and are not there"),
        ["a trigger that ran twice"] = (r => r with { Keys = 0 }, "triggers have made"),
        ["a page that differs"] = (r => r with { Pages = new Dictionary<string, MetricsPage>(r.Pages, StringComparer.Ordinal) { ["n2"] = Page(r.Executions, tickPlanned: 5) } }, "differ between n1 and n2"),
        ["books that do not balance"] = (r => r with { Pages = Pages(Page(r.Executions, tickPlanned: 5)) }, "Assert.All()"),
        ["a counter that is not the records'"] = (r => r with { Pages = Pages(Page(r.Executions, tickSucceeded: 2)) }, "of scheduler_job_success_total are not what is recorded"),
    };

    public static TheoryData<string> Planted => [.. Mistakes.Keys];

    [Fact]
    public void Records_that_agree_are_no_violation()
    {
        Assert.Empty(Comparison.Violations(Agreeing()));
    }

    [Theory]
    [MemberData(nameof(Planted))]
    public void Mistake_is_found(string mistake)
    {
        var (plant, found) = Mistakes[mistake];

        Assert.Contains(Comparison.Violations(plant(Agreeing())), violation => violation.Contains(found, StringComparison.Ordinal));
    }

    /// <summary>
    /// Ticks at 0, 1 and 3 s, the last one at the second attempt, after which the first one arrived, and none at 2 s; one that
    /// was lost; a trigger.
    /// </summary>
    private static ChaosRecords Agreeing()
    {
        ExecutionRow[] executions =
        [
            Execution("tick", Start, "succeeded"),
            Execution("tick", Start + Second, "succeeded"),
            Execution("tick", Start + (3 * Second), "lost", "succeeded"),
            Execution("most", Start, "lost"),
            Execution(ChaosLoad.Triggered, Start.AddMilliseconds(7), "succeeded"),
        ];
        TruthRequest[] requests =
        [
            Request(executions[0], attempt: 1, token: 1),
            Request(executions[1], attempt: 1, token: 2),
            Request(executions[2], attempt: 2, token: 5),
            Request(executions[2], attempt: 1, token: 4, order: 6),
            Request(executions[4], attempt: 1, token: 1),
        ];
        Stretch[] stretches = [new("tick", Start + (2 * Second), Start + (2 * Second), 1, "overlap")];
        return new ChaosRecords(Jobs, requests, executions, stretches, Pages(Page(executions)), [executions[4].ExecutionId], Keys: 1);
    }

    private static ExecutionRow Execution(string job, DateTimeOffset at, params string[] outcomes)
    {
        var token = (long)((at - Start) / Second);
        var attempts = outcomes.Select((outcome, index) => new AttemptRow(
            index + 1, "finished", "n1", at, at, DurationMs: 1, outcome, Reason: null, FencingToken: token + index + 1)).ToArray();
        return new ExecutionRow(new Guid(Encoding.UTF8.GetBytes($"{job}{at:HHmmssfff}0000000000")[..16]), job, outcomes[^1], at, at, DurationMs: 1, attempts);
    }

    private static TruthRequest Request(ExecutionRow execution, int attempt, long token, int status = 200, int? order = null)
    {
        var request = new TruthRequest(
            order ?? (int)token, execution.ScheduledAt, new AttemptName(execution.JobId, execution.ScheduledAt, attempt), execution.ExecutionId, token, execution.ExecutionId.ToString(), "00-1");
        request.AnsweredWith(status);
        return request;
    }

    private static ExecutionRow[] Without(IReadOnlyList<ExecutionRow> executions, int number, int attempt)
    {
        ExecutionRow[] all = [.. executions];
        all[number] = all[number] with { Attempts = [.. all[number].Attempts.Where(a => a.Attempt != attempt)] };
        return all;
    }

    private static Dictionary<string, MetricsPage> Pages(MetricsPage page)
    {
        return new Dictionary<string, MetricsPage>(StringComparer.Ordinal) { ["n1"] = page, ["n2"] = page };
    }

    private static MetricsPage Page(IReadOnlyList<ExecutionRow> executions, int tickPlanned = 4, int? tickSucceeded = null)
    {
        var page = new StringBuilder();
        Family("scheduler_job_planned_total", "counter", job => job is "tick" ? tickPlanned : 1);
        Family("scheduler_job_success_total", "counter", job => job is "tick" && tickSucceeded is { } succeeded ? succeeded : Count(job, static e => e.Status is "succeeded"));
        Family("scheduler_job_failure_total", "counter", job => Count(job, static e => e.Status is "lost"));
        Family("scheduler_job_retries_total", "counter", job => Count(job, static e => e.Attempts.Count > 1));
        Family("scheduler_job_occurrences_total", "counter", job => job is "tick" ? 4 : 1);
        Family("scheduler_job_open", "gauge", static _ => 0);
        Family("scheduler_job_running", "gauge", static _ => 0);
        return MetricsPage.Parse(page.ToString());

        int Count(string job, Func<ExecutionRow, bool> isCounted)
        {
            return executions.Count(e => e.JobId == job && isCounted(e));
        }

        void Family(string name, string type, Func<string, int> value)
        {
            page.Append(CultureInfo.InvariantCulture, $"# HELP {name} Text.\n# TYPE {name} {type}\n");
            foreach (var job in Jobs)
            {
                page.Append(CultureInfo.InvariantCulture, $"{name}{{job_id=\"{job.Id}\"}} {value(job.Id)}\n");
            }
        }
    }
}
