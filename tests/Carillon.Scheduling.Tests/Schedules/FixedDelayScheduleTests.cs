using Carillon.Model;

namespace Carillon.Scheduling.Tests.Schedules;

public sealed class FixedDelayScheduleTests
{
    private static readonly ScheduleSpec Delay = new() { Every = TimeSpan.FromMinutes(5), EveryFrom = EveryFrom.End };

    [Fact]
    public void Occurrence_follows_the_end_it_is_asked_for_in_whole_milliseconds_and_never_early()
    {
        Assert.Equal(["2026-01-01 10:05:00"], Delay.After("2026-01-01 10:00:00", 1));
        Assert.Equal(["2026-01-01 10:05:00.124"], Delay.After("2026-01-01 10:00:00.1230001", 1));
        Assert.Equal(["2026-01-01 10:05:00.124"], Delay.After("2026-01-01 10:00:00.124", 1));
    }

    [Fact]
    public void First_occurrence_is_the_start_and_none_is_at_the_end()
    {
        var spec = Delay with { Start = Due.At("2026-03-01 10:00:00"), End = Due.At("2026-03-01 10:10:00") };

        Assert.Equal(["2026-03-01 10:00:00", "2026-03-01 10:05:00"], spec.After("2026-01-01 00:00:00", 9));
    }

    [Fact]
    public void Jitter_makes_the_delay_longer_by_less_than_itself()
    {
        var spec = Delay with { Jitter = TimeSpan.FromMinutes(1) };

        var due = spec.Schedule().Next(Due.Anchor)!.Value;

        Assert.InRange(due, Due.At("2026-01-01 00:05:00.000001"), Due.At("2026-01-01 00:05:59.999999"));
    }

    [Fact]
    public void Next_at_the_ends_of_time_has_an_answer()
    {
        Assert.Null(Delay.Schedule().Next(DateTimeOffset.MaxValue.AddMinutes(-5)));
        Assert.NotNull(Delay.Schedule().Next(DateTimeOffset.MinValue));
    }
}
