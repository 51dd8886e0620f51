using System.Text;

namespace Carillon.Model.Tests;

public sealed class StoredTextTests
{
    private const string Bell = "\U0001F514"; // two UTF-16 units

    [Theory]
    [InlineData("")]
    [InlineData("nightly report")]
    [InlineData("Glocke " + Bell)]
    public void Clean_text_is_the_same_object(string text)
    {
        Assert.Same(text, StoredText.Clean(text));
    }

    /// <summary>Not as attributes: those are kept as UTF-8, which loses the lone surrogates.</summary>
    public static TheoryData<string, string> Dirty => new()
    {
        { "a\0b", "a\uFFFDb" },
        { "\0\0", "\uFFFD\uFFFD" },
        { "\uD83Dx", "\uFFFDx" },
        { "x\uDD14", "x\uFFFD" },
        { "\uDD14\uD83D", "\uFFFD\uFFFD" },
        { "\uD83D" + Bell, "\uFFFD" + Bell },
        { "\0" + Bell + "\0", "\uFFFD" + Bell + "\uFFFD" },
    };

    [Theory]
    [MemberData(nameof(Dirty), DisableDiscoveryEnumeration = true)]
    public void What_no_store_keeps_is_replaced(string text, string expected)
    {
        Assert.Equal(expected, StoredText.Clean(text));
    }

    [Theory]
    [InlineData("abcdef", 3, "abc")]
    [InlineData("abc", 3, "abc")]
    [InlineData("ab" + Bell, 3, "ab")]
    [InlineData("ab" + Bell, 4, "ab" + Bell)]
    [InlineData("a\0cdef", 3, "a\uFFFDc")]
    [InlineData("abc\0", 3, "abc")]
    public void Long_text_is_cut_without_splitting_a_character(string text, int maxLength, string expected)
    {
        Assert.Equal(expected, StoredText.Clean(text, maxLength));
    }

    [Fact]
    public void Text_of_random_units_becomes_text_that_utf8_keeps()
    {
        var random = new Random(20261122);
        char[] units = ['\0', 'a', 'ü', '\uD83D', '\uDD14', '\uDFFF', '\uD800', '\uFFFF'];
        for (var round = 0; round < 10_000; round++)
        {
            var text = new string(random.GetItems(units, random.Next(12)));

            var clean = StoredText.Clean(text, 8);

            Assert.DoesNotContain('\0', clean);
            Assert.Equal(clean, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(clean)));
            Assert.True(clean.Length <= 8, $"'{clean}' has {clean.Length} units");
        }
    }
}
