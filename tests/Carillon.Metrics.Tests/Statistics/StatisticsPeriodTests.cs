using Carillon.Model;

namespace Carillon.Metrics.Tests;

public sealed class StatisticsPeriodTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset MinutesSince = Noon.AddDays(-7);

    [Fact]
    public void Recent_period_is_rounded_outward_to_minutes_and_takes_whole_hours_where_it_can()
    {
        var period = Covering(Noon.AddHours(-3).AddSeconds(-30), Noon.AddMinutes(10).AddTicks(1));

        Assert.Equal((RollupSpan.Minute, Noon.AddMinutes(-181), Noon.AddMinutes(11)), (period.Resolution, period.From, period.To));
        Assert.Equal(
            [
                (RollupSpan.Minute, Noon.AddMinutes(-181), Noon.AddHours(-3)),
                (RollupSpan.Hour, Noon.AddHours(-3), Noon),
                (RollupSpan.Minute, Noon, Noon.AddMinutes(11)),
            ],
            Ranges(period));
    }

    [Fact]
    public void Period_within_an_hour_and_one_across_two_are_minutes_alone()
    {
        Assert.Equal(
            [(RollupSpan.Minute, Noon.AddMinutes(5), Noon.AddMinutes(9))],
            Ranges(Covering(Noon.AddMinutes(5), Noon.AddMinutes(9))));
        Assert.Equal(
            [(RollupSpan.Minute, Noon.AddMinutes(-5), Noon.AddMinutes(9))],
            Ranges(Covering(Noon.AddMinutes(-5), Noon.AddMinutes(9))));
    }

    [Fact]
    public void Period_of_whole_hours_needs_no_minutes()
    {
        Assert.Equal([(RollupSpan.Hour, Noon.AddHours(-2), Noon)], Ranges(Covering(Noon.AddHours(-2), Noon)));
    }

    [Fact]
    public void Period_that_begins_before_minutes_are_kept_is_rounded_outward_to_hours()
    {
        var period = Covering(MinutesSince.AddTicks(-1), Noon.AddMinutes(1));

        Assert.Equal(RollupSpan.Hour, period.Resolution);
        Assert.Equal([(RollupSpan.Hour, MinutesSince.AddHours(-1), Noon.AddHours(1))], Ranges(period));
    }

    [Fact]
    public void Ranges_never_overlap_and_cover_the_period_whatever_it_is()
    {
        var random = new Random(5);
        for (var i = 0; i < 2_000; i++)
        {
            var from = Noon.AddSeconds(-random.Next(1, 8 * 86_400));
            var period = Covering(from, from.AddSeconds(random.Next(0, 86_400)));
            Assert.InRange(from, period.From, period.From + period.Resolution.Length());
            Assert.Equal(period.From, period.Ranges.Select(static range => range.From).DefaultIfEmpty(period.From).First());
            Assert.Equal(period.To, period.Ranges.Select(static range => range.To).DefaultIfEmpty(period.To).Last());
            Assert.All(period.Ranges.Zip(period.Ranges.Skip(1)), static pair => Assert.Equal(pair.First.To, pair.Second.From));
        }
    }

    [Fact]
    public void Previous_period_has_the_same_length_and_ends_where_this_one_begins()
    {
        var period = Covering(Noon.AddMinutes(-90), Noon);

        var previous = period.Previous(MinutesSince);

        Assert.Equal((Noon.AddMinutes(-180), Noon.AddMinutes(-90)), (previous.From, previous.To));
    }

    [Theory]
    [InlineData(60, 1, 1)]
    [InlineData(24 * 60, 1, 15)]
    [InlineData(24 * 60, 60, 60)]
    [InlineData(7 * 24 * 60, 1, 6 * 60)]
    [InlineData(400 * 24 * 60, 60, 7 * 24 * 60)]
    public void Usual_length_of_a_step_gives_up_to_120_steps(int minutes, int least, int expected)
    {
        Assert.Equal(
            TimeSpan.FromMinutes(expected), TrendSteps.LengthFor(TimeSpan.FromMinutes(minutes), TimeSpan.FromMinutes(least)));
    }

    [Fact]
    public void Steps_begin_at_multiples_of_their_length_and_every_instant_has_one()
    {
        var steps = TrendSteps.Covering(Noon.AddMinutes(-7), Noon.AddMinutes(1), TimeSpan.FromMinutes(5));

        Assert.Equal((Noon.AddMinutes(-10), 3, Noon.AddMinutes(5)), (steps.From, steps.Count, steps.To));
        Assert.Equal([0, 0, 1, 2, 2], ((double[])[-10, -5.1, -5, 0, 4.9]).Select(minute => steps.IndexOf(Noon.AddMinutes(minute))));
        Assert.Equal(RollupSpan.Minute, steps.Range.Span);
        Assert.Equal(RollupSpan.Hour, TrendSteps.Covering(Noon, Noon, TimeSpan.FromHours(2)).Range.Span);
        Assert.Equal((Noon.AddMinutes(-25), 3), (steps.Previous().From, steps.Previous().Count));
    }

    private static StatisticsPeriod Covering(DateTimeOffset from, DateTimeOffset to)
    {
        return StatisticsPeriod.Covering(from, to, MinutesSince);
    }

    private static IEnumerable<(RollupSpan, DateTimeOffset, DateTimeOffset)> Ranges(StatisticsPeriod period)
    {
        return period.Ranges.Select(static range => (range.Span, range.From, range.To));
    }
}
