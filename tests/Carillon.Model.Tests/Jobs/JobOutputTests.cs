using System.Text;

namespace Carillon.Model.Tests.Jobs;

public sealed class JobOutputTests
{
    [Fact]
    public void Output_within_its_limit_is_kept_as_it_is()
    {
        var output = new JobOutput(limit: 20);

        output.WriteLine("first");
        output.WriteLine("second");
        output.Write("third"u8);

        Assert.Equal("first\nsecond\nthird", output.Text());
    }

    [Fact]
    public void Nothing_written_is_no_output()
    {
        Assert.Null(new JobOutput().Text());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(1_000)]
    public void Beyond_its_limit_beginning_and_end_are_kept_and_the_rest_is_counted(int pieceLength)
    {
        var output = new JobOutput(limit: 10);
        var all = "abcde" + new string('-', 90) + "vwxyz";

        foreach (var piece in all.Chunk(pieceLength))
        {
            output.Write(Encoding.ASCII.GetBytes(piece));
        }

        Assert.Equal("abcde\n[90 bytes left out]\nvwxyz", output.Text());
    }

    [Fact]
    public void Limit_of_zero_only_counts()
    {
        var output = new JobOutput(limit: 0);

        output.Write("abc"u8);

        Assert.Equal("[3 bytes left out]\n", output.Text());
    }

    [Fact]
    public void Cut_never_goes_through_a_character()
    {
        var output = new JobOutput(limit: 11); // six and five bytes, characters of three

        output.Write(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat('€', 10))));

        Assert.Equal("€€\n[21 bytes left out]\n€", output.Text());
    }

    [Fact]
    public void Bytes_that_no_store_takes_are_replaced()
    {
        var output = new JobOutput();

        output.Write([(byte)'a', 0, 0xFF, (byte)'b']);

        Assert.Equal("a\uFFFD\uFFFDb", output.Text());
    }
}
