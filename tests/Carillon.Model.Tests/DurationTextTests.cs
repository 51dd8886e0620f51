namespace Carillon.Model.Tests;

public sealed class DurationTextTests
{
    [Theory]
    [InlineData("0s", 0, "0s")]
    [InlineData("250us", 0.25, "250us")]
    [InlineData("100ms", 100, "100ms")]
    [InlineData("5s", 5_000, "5s")]
    [InlineData("1.5s", 1_500, "1500ms")]
    [InlineData("90s", 90_000, "90s")]
    [InlineData("2m", 120_000, "2m")]
    [InlineData("1m30s", 90_000, "90s")]
    [InlineData("1h", 3_600_000, "1h")]
    [InlineData("1d", 86_400_000, "1d")]
    [InlineData("PT5S", 5_000, "5s")]
    [InlineData("PT0.1S", 100, "100ms")]
    [InlineData("P1DT2H3M4S", 93_784_000, "93784s")]
    public void Duration_is_read_and_answered_in_its_short_form(string text, double milliseconds, string answered)
    {
        Assert.True(DurationText.TryParse(text, out var duration));
        Assert.Equal(milliseconds, duration.TotalMilliseconds);
        Assert.Equal(answered, DurationText.Format(duration));
        Assert.True(DurationText.TryParse(answered, out var again));
        Assert.Equal(duration, again);
    }

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("s")]
    [InlineData("-5s")]
    [InlineData("5 s")]
    [InlineData("5s\n")]
    [InlineData("5S")]
    [InlineData("1s1m")]
    [InlineData("1e3s")]
    [InlineData("0.01us")]
    [InlineData("P")]
    [InlineData("PT")]
    [InlineData("P1M")]
    [InlineData("P1Y")]
    [InlineData("999999999d")]
    [InlineData("٥s")]
    public void Text_that_is_no_duration_is_refused(string text)
    {
        Assert.False(DurationText.TryParse(text, out _));
    }
}
