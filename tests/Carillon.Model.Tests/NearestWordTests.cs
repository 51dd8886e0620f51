namespace Carillon.Model.Tests;

public sealed class NearestWordTests
{
    [Theory]
    [InlineData("schedul", "schedule")]
    [InlineData("max-concurrent", "max_concurrent")]
    [InlineData("ROLE", "roles")]
    [InlineData("tiemout", "timeout")]
    public void Nearest_word_is_the_one_that_was_meant(string word, string meant)
    {
        Assert.Equal(meant, NearestWord.Of(word, ["id", "name", "roles", "schedule", "timeout", "max_concurrent"]));
    }

    [Fact]
    public void Word_of_any_length_is_answered_and_no_words_give_none()
    {
        Assert.Equal("id", NearestWord.Of(new string('x', 1_000_000), ["id"]));
        Assert.Equal(string.Empty, NearestWord.Of("x", []));
    }
}
