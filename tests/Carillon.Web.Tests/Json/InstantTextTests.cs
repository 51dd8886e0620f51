namespace Carillon.Web.Tests.Json;

public sealed class InstantTextTests
{
    [Theory]
    [InlineData("2026-11-22T08:00:00Z", "2026-11-22T08:00:00.000000Z")]
    [InlineData("2026-11-22T08:00:00.123456Z", "2026-11-22T08:00:00.123456Z")]
    [InlineData("2026-11-22T08:00:00.1+02:00", "2026-11-22T06:00:00.100000Z")]
    [InlineData("2026-11-22T08:00:00-00:30", "2026-11-22T08:30:00.000000Z")]
    public void Instant_is_read_and_answered_in_utc_with_microseconds(string text, string answered)
    {
        Assert.True(InstantText.TryParse(text, out var instant));
        Assert.Equal(answered, InstantText.Format(instant));
    }

    [Theory]
    [InlineData("")]
    [InlineData("2026-11-22")]
    [InlineData("2026-11-22T08:00:00")]
    [InlineData("2026-11-22 08:00:00Z")]
    [InlineData("2026-02-30T08:00:00Z")]
    [InlineData("0001-01-01T00:00:00+14:00")]
    [InlineData("yesterday")]
    public void Text_that_is_no_instant_is_refused(string text)
    {
        Assert.False(InstantText.TryParse(text, out _));
    }
}
