"""What users do, one method for each thing, and the read models that screens show.

Knows the domain and the rules; reaches storage, files and the desk only through `ports`.
"""
