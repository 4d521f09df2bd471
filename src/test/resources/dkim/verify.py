# Verifies every signature of every *.eml in a folder with dkimpy; keys.txt has "name<TAB>record" lines.
import dkim, nacl.signing, pathlib, sys

folder = pathlib.Path(sys.argv[1])
keys = dict(line.split("\t", 1) for line in (folder / "keys.txt").read_text().splitlines())
for file in sorted(folder.glob("*.eml")):
    mail = file.read_bytes()
    ask = lambda name, timeout=5: keys.get(name.decode().rstrip("."), "").encode()
    count = sum(1 for line in mail.split(b"\r\n\r\n")[0].split(b"\r\n") if line.startswith(b"DKIM-Signature:"))
    results = []
    for index in range(count):
        try:
            results.append("pass" if dkim.DKIM(mail, minkey=1024).verify(idx=index, dnsfunc=ask) else "fail")
        except Exception as trouble:
            results.append(type(trouble).__name__ + " " + str(trouble))
    print(file.name + "\t" + ",".join(results))
