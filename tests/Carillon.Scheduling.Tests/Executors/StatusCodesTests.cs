namespace Carillon.Scheduling.Tests.Executors;

public sealed class StatusCodesTests
{
    [Theory]
    [InlineData("200-299", 200, true)]
    [InlineData("200-299", 299, true)]
    [InlineData("200-299", 300, false)]
    [InlineData("200-299", 199, false)]
    [InlineData("204", 204, true)]
    [InlineData("204", 200, false)]
    [InlineData("200-299, 304,404-410", 304, true)]
    [InlineData("200-299, 304,404-410", 404, true)]
    [InlineData("200-299, 304,404-410", 305, false)]
    public void Set_holds_its_numbers_and_ranges(string text, int status, bool isIn)
    {
        Assert.Equal(isIn, StatusCodes.Parse(text).Contains(status));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ok")]
    [InlineData("200,")]
    [InlineData("200-")]
    [InlineData("-200")]
    [InlineData("299-200")]
    [InlineData("200-250-299")]
    [InlineData("99")]
    [InlineData("600")]
    [InlineData("2xx")]
    [InlineData("+200")]
    public void Other_text_is_refused_with_what_is_allowed(string text)
    {
        var error = Assert.Throws<FormatException>(() => StatusCodes.Parse(text));

        Assert.Contains($"'{text}'", error.Message, StringComparison.Ordinal);
        Assert.Contains("100 to 599", error.Message, StringComparison.Ordinal);
    }
}
