using System.Globalization;

namespace Carillon.Model.Tests.Executions;

public sealed class ExecutionIdTests
{
    private static readonly DateTimeOffset ScheduledAt = new DateTimeOffset(2026, 3, 29, 1, 30, 0, TimeSpan.Zero).AddMicroseconds(123_456);

    /// <summary>Ids are computed, not stored: links that people keep must lead to the same execution for ever.</summary>
    [Theory]
    [InlineData("nightly-report", 1_774_747_800_123_456, "019d3736-523b-77fc-a816-8598ecfbad3f")]
    [InlineData("nightly-report", 1_774_747_800_123_457, "019d3736-523b-7774-9a4a-402af4bce31a")]
    [InlineData("sync-rates", 1_774_747_800_123_456, "019d3736-523b-744e-9538-cf8307f98c79")]
    [InlineData("a", 0, "00000000-0000-7869-b34d-9d78a1e3b18c")]
    public void Occurrence_has_the_id_it_always_had(string jobId, long microseconds, string expected)
    {
        Assert.Equal(Guid.Parse(expected), ExecutionId.Of(jobId, Instant.FromMicroseconds(microseconds)));
    }

    [Fact]
    public void Same_instant_in_another_zone_has_the_same_id()
    {
        Assert.Equal(ExecutionId.Of("a", ScheduledAt), ExecutionId.Of("a", ScheduledAt.ToOffset(TimeSpan.FromHours(2))));
    }

    [Fact]
    public void Id_tells_the_millisecond_of_its_occurrence()
    {
        Assert.Equal(
            ScheduledAt.AddMicroseconds(-456),
            ExecutionId.ScheduledMillisecond(ExecutionId.Of("nightly-report", ScheduledAt)));
    }

    [Fact]
    public void Id_is_a_version_7_uuid_that_sorts_by_time()
    {
        var ids = Enumerable.Range(0, 1_000).Select(i => ExecutionId.Of("a", ScheduledAt.AddMilliseconds(i))).ToArray();

        Assert.All(ids, id => Assert.Equal((7, 8), (id.Version, id.Variant & 0xC)));
        Assert.Equal(ids, ids.OrderBy(id => id.ToString(), StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData("2f1b6c1e-7f0a-4c57-9d0e-3a55a1d6c111")] // version 4
    [InlineData("ffffffff-ffff-7fff-bfff-ffffffffffff")] // past the last instant of the calendar
    public void Foreign_id_leads_to_no_instant(string id)
    {
        Assert.Null(ExecutionId.ScheduledMillisecond(Guid.Parse(id)));
    }

    [Fact]
    public void Longest_job_id_has_an_id()
    {
        var longest = new string('z', JobDefinition.MaxIdLength);

        Assert.NotEqual(ExecutionId.Of(longest, ScheduledAt), ExecutionId.Of(longest[1..], ScheduledAt));
    }

    [Fact]
    public void Occurrences_of_one_millisecond_have_ids_of_their_own()
    {
        var ids = from job in Enumerable.Range(0, 100)
                  from microsecond in Enumerable.Range(0, 100)
                  select ExecutionId.Of(job.ToString(CultureInfo.InvariantCulture), ScheduledAt.AddMicroseconds(microsecond));

        Assert.Equal(10_000, ids.Distinct().Count());
    }
}
