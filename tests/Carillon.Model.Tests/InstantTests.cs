using System.Globalization;

namespace Carillon.Model.Tests;

public sealed class InstantTests
{
    [Theory]
    [InlineData("2026-03-29T01:30:00.1234567Z", "2026-03-29T01:30:00.1234560Z")]
    [InlineData("2026-03-29T01:30:00.0000009Z", "2026-03-29T01:30:00.0000000Z")]
    [InlineData("1969-12-31T23:59:59.9999999Z", "1969-12-31T23:59:59.9999990Z")]
    public void Truncated_instant_is_the_microsecond_it_lies_in(string instant, string expected)
    {
        Assert.Equal(At(expected), Instant.Truncate(At(instant)));
    }

    [Fact]
    public void Truncated_instant_is_in_utc()
    {
        var truncated = Instant.Truncate(At("2026-03-29T03:30:00+02:00"));

        Assert.Equal(TimeSpan.Zero, truncated.Offset);
        Assert.Equal(At("2026-03-29T01:30:00Z"), truncated);
    }

    [Theory]
    [InlineData("1970-01-01T00:00:00Z", 0)]
    [InlineData("2026-03-29T01:30:00.123456Z", 1_774_747_800_123_456)]
    [InlineData("2026-03-29T03:30:00.123456+02:00", 1_774_747_800_123_456)]
    [InlineData("1969-12-31T23:59:59.999999Z", -1)]
    public void Microseconds_and_instant_are_two_forms_of_one_value(string instant, long microseconds)
    {
        Assert.Equal(microseconds, Instant.ToMicroseconds(At(instant)));
        Assert.Equal(At(instant), Instant.FromMicroseconds(microseconds));
    }

    [Theory]
    [InlineData("2026-03-29T01:30:00.1234567Z")]
    [InlineData("1969-12-31T23:59:59.9999999Z")]
    public void Microseconds_of_a_finer_instant_are_those_of_the_truncated_one(string instant)
    {
        Assert.Equal(Instant.ToMicroseconds(Instant.Truncate(At(instant))), Instant.ToMicroseconds(At(instant)));
    }

    private static DateTimeOffset At(string text)
    {
        return DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
    }
}
