import Corpora

print("x")
