using System.Text;

namespace Carillon.Node.Hocon.Syntax;

/// <summary>Puts a path together: outside quotes '.' separates keys, everything else joins.</summary>
internal sealed class PathBuilder(HoconOrigin origin)
{
    private readonly List<string> _keys = [];
    private readonly StringBuilder _key = new();
    private bool _hasText;

    public void AddBlanks(string blanks) => _key.Append(blanks);

    public void AddQuoted(string text)
    {
        _key.Append(text);
        _hasText = true;
    }

    public void AddUnquoted(string text)
    {
        var pieces = text.Split('.');
        for (var i = 0; i < pieces.Length; i++)
        {
            if (i > 0)
            {
                CloseKey();
            }

            _key.Append(pieces[i]);
            _hasText |= pieces[i].Length > 0;
        }
    }

    public HoconPath ToPath()
    {
        CloseKey();
        return new HoconPath(_keys);
    }

    private void CloseKey()
    {
        if (!_hasText)
        {
            throw new HoconException(
                origin, "a path may not begin or end with '.' or contain '..'; write an empty key as \"\"");
        }

        _keys.Add(_key.ToString());
        _key.Clear();
        _hasText = false;
    }
}
