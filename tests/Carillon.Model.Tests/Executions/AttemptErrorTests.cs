namespace Carillon.Model.Tests.Executions;

public sealed class AttemptErrorTests
{
    [Fact]
    public void Parts_are_cut_and_cleaned()
    {
        var error = new AttemptError(new string('t', 300), "no\0 " + new string('m', 5_000), new string('s', 20_000));

        Assert.Equal((200, 4_000, 16_000), (error.Type.Length, error.Message.Length, error.Stack?.Length));
        Assert.StartsWith("no\uFFFD mm", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Exception_is_recorded_with_type_message_and_place()
    {
        var thrown = Assert.Throws<InvalidOperationException>(static () => Fail());

        var error = AttemptError.From(thrown);

        Assert.Equal(("System.InvalidOperationException", "no rates today"), (error.Type, error.Message));
        Assert.Contains(nameof(Fail), error.Stack, StringComparison.Ordinal);
    }

    private static void Fail()
    {
        throw new InvalidOperationException("no rates today");
    }
}
