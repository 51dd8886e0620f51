using Carillon.Metrics;
using Carillon.Model;
using Carillon.Scheduling;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Carillon.Web.Tests.Jobs;

public sealed class JobListQueryTests
{
    private static readonly ClusterReading Reading = MakeReading(237);

    public static TheoryData<string> Sorts => [.. JobOrder.Names.SelectMany(static name => new[] { name, "-" + name })];

    [Theory]
    [MemberData(nameof(Sorts))]
    public void Pages_hold_every_job_once_in_order(string sort)
    {
        var whole = Page(("sort", sort), ("limit", "1000")).Items.Select(static j => j.Id).ToList();
        Assert.Equal(237, whole.Distinct(StringComparer.Ordinal).Count());

        var paged = new List<string>();
        string? cursor = null;
        do
        {
            var page = Page(("sort", sort), ("limit", "17"), ("cursor", cursor ?? string.Empty));
            Assert.Equal((237L, true), (page.Total, page.TotalIsExact));
            paged.AddRange(page.Items.Select(static j => j.Id));
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        Assert.Equal(whole, paged);
    }

    [Theory]
    [InlineData("success_rate")]
    [InlineData("-success_rate")]
    public void Jobs_without_a_value_come_last_in_either_direction(string sort)
    {
        var rates = Page(("sort", sort), ("limit", "1000")).Items.Select(static j => j.Metrics.SuccessRate).ToList();

        var known = rates.TakeWhile(static r => r is not null).ToList();
        Assert.All(rates.Skip(known.Count), static r => Assert.Null(r));
        Assert.InRange(known.Count, 1, 236);
        Assert.Equal(sort[0] == '-' ? known.OrderDescending() : known.Order(), known);
    }

    [Fact]
    public void Facets_count_all_jobs_found_as_the_filters_of_their_names_find_them()
    {
        var page = Page(("category", "billing"), ("limit", "1"), ("facets", "true"));

        Assert.Equal(["billing"], page.Facets!.Category.Select(static facet => facet.Value));
        Assert.Equal(page.Total, page.Facets.Category[0].Count);
        Assert.Equal(page.Total, page.Facets.Status.Sum(static facet => facet.Count));
        Assert.NotEmpty(page.Facets.Owner);
        Assert.All(page.Facets.Owner, static owner =>
            Assert.Equal(owner.Count, Page(("category", "billing"), ("owner", owner.Value)).Total));
        Assert.Equal(page.Facets.Status.OrderByDescending(static status => status.Count), page.Facets.Status);
        Assert.Null(Page(("category", "billing")).Facets);
    }

    [Fact]
    public void Filters_must_all_match()
    {
        var billing = Page(("category", "billing"), ("limit", "1000")).Items;
        Assert.NotEmpty(billing);
        Assert.All(billing, static job => Assert.Equal("billing", job.Category));
        var none = Page(("category", "unknown"), ("limit", "1000")).Items;
        Assert.NotEmpty(none);
        Assert.All(none, static job => Assert.Null(job.Category));
        Assert.All(Page(("owner", "team-1"), ("status", "paused"), ("limit", "1000")).Items, static j =>
        {
            Assert.Equal("team-1", j.Owner);
            Assert.Equal(JobStatus.Paused, j.Status);
        });
        Assert.Equal("job-0042", Assert.Single(Page(("q", "JOB-0042")).Items).Id);
        Assert.Equal(237, Page(("node", "a")).Total);
        Assert.Equal(0, Page(("node", "b")).Total);
        Assert.Equal(Page(("tag", "odd")).Total + Page(("tag", "even")).Total, Page().Total);
        Assert.Equal(0, Page(("queue", "no-such")).Total);
    }

    [Theory]
    [InlineData("sort", "speed")]
    [InlineData("sort", "--id")]
    [InlineData("status", "broken")]
    [InlineData("limit", "0")]
    [InlineData("limit", "1001")]
    [InlineData("limit", "-1")]
    [InlineData("limit", "1e2")]
    public void Value_that_is_not_allowed_is_refused_by_name(string name, string value)
    {
        var error = Assert.Throws<RequestException>(() => Page((name, value)));

        Assert.Equal(400, error.Status);
        Assert.StartsWith($"{name} '{value}' is not allowed", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("e30")]
    [InlineData("bnVsbA")]
    [InlineData("====")]
    [InlineData("eyJzb3J0IjoibmFtZSIsIm51bWJlciI6bnVsbCwidGV4dCI6IngiLCJpZCI6IngifQ")]
    public void Cursor_that_no_list_of_this_order_gave_is_refused(string cursor)
    {
        Assert.Throws<InvalidCursorException>(() => Page(("cursor", cursor)));
    }

    private static JobListPage Page(params (string Name, string Value)[] query)
    {
        var values = query.ToDictionary(
            static q => q.Name, static q => new StringValues(q.Value), StringComparer.Ordinal);
        return JobListQuery.Read(new QueryFields(new QueryCollection(values))).Of(Reading);
    }

    private static ClusterReading MakeReading(int count)
    {
        var jobs = Enumerable.Range(0, count).Select(Job).ToList();
        var history = new ShardHistory(
            new ShardRecovery { Term = new ShardTerm(0, 1), Jobs = jobs }, new HistoryOptions(), Some.Time);
        var part = history.Part() with { Jobs = [.. jobs.Select(Statistics)] };
        var facts = new ClusterFacts
        {
            ClusterName = "c",
            NodeName = "a",
            Version = "1",
            Uptime = TimeSpan.FromHours(1),
            ShardsTotal = 1,
            ShardsOwned = 1,
        };
        return new ClusterReading(ClusterSnapshot.Merge([part], facts), jobs, new NodeAnswers(new Dictionary<Guid, NodeAnswer>(), Guid.Empty), ["a"], Some.Time);
    }

    private static Job Job(int i)
    {
        return Some.Job($"job-{i:D4}") with
        {
            Definition = new JobDefinition
            {
                Id = $"job-{i:D4}",
                Name = i % 3 == 0 ? null : $"Name {i % 7}",
                Owner = i % 5 == 0 ? null : $"team-{i % 5}",
                Category = i % 4 == 0 ? null : i % 4 == 1 ? "billing" : "Reports",
                Tags = [i % 2 == 0 ? "even" : "odd"],
                Priority = (i % 11) - 5,
                Run = new ClassRun { Class = "ok" },
            },
            Pause = i % 6 == 0 ? new Pause("why", "who", Some.Time) : null,
        };
    }

    private static JobStatistics Statistics(Job job, int i)
    {
        var random = new Random(i);
        return i % 3 == 0 ? Some.Statistics(job.Id) : Some.Statistics(job.Id) with
        {
            Counts = new ExecutionCounts
            {
                Outcomes = new OutcomeCounts { Succeeded = random.Next(5), Failed = 1 + random.Next(3) },
                Durations = 3,
                DurationMicroseconds = random.Next(9_000_000),
            },
            Window = new WindowValues(3, random.NextDouble() * 1e6, random.Next(5), 7, 1, 9),
            LastOutcome = Outcome.Succeeded,
            LastFinishedAt = Some.Time.AddSeconds(random.Next(100)),
            NextRunAt = i % 2 == 0 ? null : Some.Time.AddSeconds(random.Next(50)),
        };
    }
}
