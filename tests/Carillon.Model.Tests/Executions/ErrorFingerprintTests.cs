namespace Carillon.Model.Tests.Executions;

public sealed class ErrorFingerprintTests
{
    [Theory]
    [InlineData("Order 4711 was not found.", "Order # was not found.")]
    [InlineData("Row 7b0c5b1e-0000-4000-8000-000000000001: gone", "Row #: gone")]
    [InlineData("Token deadbeefcafe expired", "Token # expired")]
    [InlineData("Could not find file '/var/data/a.csv'.", "Could not find file '…'.")]
    [InlineData("Cannot open /var/data/a-b.csv or C:\\data\\x.csv", "Cannot open /… or /…")]
    [InlineData("GET http://127.0.0.1:8080/a?b=1 answered 503", "GET /…?b=# answered #")]
    [InlineData("It doesn't work and it won't", "It doesn't work and it won't")]
    [InlineData("\"open quote", "\"open quote")]
    [InlineData("name@host.invalid was refused", "# was refused")]
    [InlineData("Took 12.5s, 3x longer", "Took #, # longer")]
    [InlineData("facade decade", "facade decade")]
    [InlineData("", "")]
    public void Message_keeps_what_does_not_differ_from_case_to_case(string message, string template)
    {
        Assert.Equal(template, ErrorFingerprint.Template(message));
    }

    [Fact]
    public void Errors_that_differ_in_numbers_names_and_lines_are_of_one_kind()
    {
        var one = new AttemptError("Broken", "Order 1 of 'ann'", Stack("a", 10));
        var other = new AttemptError("Broken", "Order 22 of 'bob'", Stack("a", 42));

        Assert.Equal(ErrorFingerprint.Of(one), ErrorFingerprint.Of(other));
    }

    [Fact]
    public void Errors_of_another_type_message_or_place_are_of_another_kind()
    {
        AttemptError[] errors =
        [
            new("Broken", "Order 1", Stack("a", 10)),
            new("Lost", "Order 1", Stack("a", 10)),
            new("Broken", "Parcel 1", Stack("a", 10)),
            new("Broken", "Order 1", Stack("b", 10)),
            new("Broken", "Order 1"),
        ];

        Assert.Equal(errors.Length, errors.Select(ErrorFingerprint.Of).Distinct().Count());
    }

    [Fact]
    public void Only_the_top_of_the_stack_counts()
    {
        var deep = Stack("a", 1) + "\n   at Caller.One()";
        var other = Stack("a", 1) + "\n   at Caller.Two()";

        Assert.Equal(
            ErrorFingerprint.Of(new AttemptError("Broken", "x", deep)), ErrorFingerprint.Of(new AttemptError("Broken", "x", other)));
    }

    [Fact]
    public void Digest_is_that_of_the_stored_data()
    {
        Assert.Equal(-2532506922499819280, ErrorFingerprint.Of(new AttemptError("Broken", "Order 1", Stack("a", 10))));
    }

    private static string Stack(string method, int line)
    {
        return $"   at Shop.Orders.{method}(Int32 id) in /src/Orders.cs:line {line}\n"
            + $"   at Shop.Orders.<>c__DisplayClass{line}_0.<Run>b__0() in /src/Orders.cs:line {line + 1}\n"
            + "   at Carillon.Run()";
    }
}
